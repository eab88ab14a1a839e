import { describe, expect, it } from "vitest";
import { failureShare } from "./failureShare";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof failureShare>[] = [
  ["no tool call", {}, "clear"],
  ["too few calls", { facts: { tool_calls: 4, failure_share: 1 } }, "clear"],
  ["a small share", { facts: { tool_calls: 10, failure_share: 0.2999 } }, "clear"],
  ["the share", { facts: { tool_calls: 5, failure_share: 0.3 } }, "MEDIUM 0.5"],
  ["twice the share", { facts: { tool_calls: 5, failure_share: 0.6 } }, "MEDIUM 0.9"],
];

describe("FAILURE_SHARE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(failureShare, input)).toBe(outcome));

  it("shows both parts", () => {
    const facts = { tool_calls: 7, tool_failures: 3, failure_share: 0.4286 };
    const findings = testFindings(failureShare, { facts }, {});
    expect(failureShare.evidence(findings)).toEqual({ threshold: 0.3, min_calls: 5, ...facts });
    expect(failureShare.explain(findings).title).toBe("43 % of the tool calls failed");
    expect(failureShare.shadow).toBe(true);
  });
});
