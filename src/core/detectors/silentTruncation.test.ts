import { describe, expect, it } from "vitest";
import { silentTruncation } from "./silentTruncation";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof silentTruncation>[] = [
  ["no cut answer", {}, "clear"],
  ["an earlier cut answer", { facts: { truncations: 3, truncated_last: 0 } }, "clear"],
  ["a cut last answer", { facts: { truncations: 1, truncated_last: 1 } }, "MEDIUM 0.7"],
];

describe("SILENT_TRUNCATION", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(silentTruncation, input)).toBe(outcome));

  const truncations = [
    { step: 2, model: "gpt-4o-mini", completion_tokens: 10 },
    { step: 8, model: "gpt-4o", completion_tokens: 1024 },
  ];

  it("shows the last cut answer", () => {
    const facts = { truncations: 2, truncated_last: 1 };
    const findings = testFindings(silentTruncation, { facts }, { truncations });
    expect(silentTruncation.evidence(findings)).toEqual({
      truncated_step: 8,
      finish_reason: "length",
      model: "gpt-4o",
      ...facts,
    });
    expect(silentTruncation.step(findings)).toBe(8);
    expect(silentTruncation.explain(findings).title).toBe("The last answer was cut by the length limit at step 8");
    expect(silentTruncation.shadow).toBe(true);
  });

  it("names no step when the list of cut answers is not complete", () => {
    const facts = { truncations: 51, truncated_last: 1 };
    expect(silentTruncation.step(testFindings(silentTruncation, { facts }, { truncations }))).toBeUndefined();
  });
});
