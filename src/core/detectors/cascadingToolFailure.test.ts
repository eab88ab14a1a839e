import { describe, expect, it } from "vitest";
import { cascadingToolFailure } from "./cascadingToolFailure";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof cascadingToolFailure>[] = [
  ["no chain", {}, "clear"],
  ["a short chain", { facts: { cascade_length: 2, cascade_open: 2 } }, "clear"],
  ["a chain that a success followed", { facts: { cascade_length: 3, cascade_open: 0 } }, "MEDIUM 0.5"],
  ["an open chain that is too short", { facts: { cascade_length: 3, cascade_open: 2 } }, "MEDIUM 0.5"],
  ["a chain to the end", { facts: { cascade_length: 6, cascade_open: 3 } }, "HIGH 0.9"],
];

describe("CASCADING_TOOL_FAILURE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(cascadingToolFailure, input)).toBe(outcome));

  it("names the tools in order", () => {
    const facts = { cascade_length: 4, cascade_tools: 2, cascade_open: 4 };
    const cascade = { tools: ["search", "fetch"], first_step: 3, last_step: 9 };
    const findings = testFindings(cascadingToolFailure, { facts }, { cascade });
    expect(cascadingToolFailure.evidence(findings)).toEqual({
      consecutive_failures: 4,
      distinct_tools: ["fetch", "search"],
      threshold: 3,
      first_fail_step: 3,
      last_fail_step: 9,
      ...facts,
    });
    expect(cascadingToolFailure.step(findings)).toBe(9);
    const { title, what } = cascadingToolFailure.explain(findings);
    expect(title).toBe("4 tool calls in a row failed across 2 tools");
    expect(what).toBe("4 tool calls in a row failed: fetch and search. No tool call succeeded after that.");
  });
});
