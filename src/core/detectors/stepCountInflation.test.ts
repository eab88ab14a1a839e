import { describe, expect, it } from "vitest";
import { stepCountInflation } from "./stepCountInflation";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof stepCountInflation>[] = [
  ["no baseline", { facts: { steps: 500 } }, "no data: a baseline of steps (20 completed runs in 7 days)"],
  ["at the limit", { facts: { steps: 20 }, baseline: { steps: 10 } }, "clear"],
  ["above the limit", { facts: { steps: 25 }, baseline: { steps: 10 } }, "MEDIUM 0.6"],
  [
    "a lower factor",
    { facts: { steps: 16 }, baseline: { steps: 10 }, thresholds: { inflation_factor: 1.5 } },
    "MEDIUM 0.5267",
  ],
];

describe("STEP_COUNT_INFLATION", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(stepCountInflation, input)).toBe(outcome));

  it("compares with the usual", () => {
    const findings = testFindings(stepCountInflation, { facts: { steps: 25 }, baseline: { steps: 10 } }, {});
    expect(stepCountInflation.evidence(findings)).toEqual({
      current_steps: 25,
      baseline_p75: 10,
      inflation_ratio: 2.5,
      threshold_factor: 2,
      steps: 25,
    });
    expect(stepCountInflation.explain(findings).title).toBe("25 steps, 2.5× the usual 10");
  });

  it("has JSON for a usual of 0 steps", () => {
    const findings = testFindings(stepCountInflation, { facts: { steps: 2 }, baseline: { steps: 0 } }, {});
    expect(stepCountInflation.evidence(findings).inflation_ratio).toBeNull();
  });
});
