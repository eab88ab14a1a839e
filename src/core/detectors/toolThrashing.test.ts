import { describe, expect, it } from "vitest";
import { outcomeOf, type RuleCase, testFindings, testInput } from "./testFacts";
import { toolThrashing } from "./toolThrashing";

const cases: readonly RuleCase<typeof toolThrashing>[] = [
  ["no alternation", {}, "clear"],
  ["one call too few", { facts: { alternation: 5, alternation_repeats: 1 } }, "clear"],
  ["changing arguments", { facts: { alternation: 6 } }, "MEDIUM 0.7"],
  ["unchanged arguments", { facts: { alternation: 6, alternation_repeats: 1 } }, "HIGH 0.9"],
  ["a lower limit", { facts: { alternation: 4 }, thresholds: { min_alternation: 4 } }, "MEDIUM 0.7"],
];

describe("TOOL_THRASHING", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(toolThrashing, input)).toBe(outcome));

  it("can be lowered by a longer stretch with other arguments", () => {
    expect(
      toolThrashing.provisional(testInput(toolThrashing, { facts: { alternation: 6, alternation_repeats: 1 } })),
    ).toBe(true);
    expect(toolThrashing.provisional(testInput(toolThrashing, { facts: { alternation: 6 } }))).toBe(false);
  });

  it("shows pattern and place, the pattern bounded", () => {
    const alternation = { names: ["read", "write"], first_step: 2, last_step: 14 } as const;
    const findings = testFindings(toolThrashing, { facts: { alternation: 7 } }, { alternation });
    expect(toolThrashing.evidence(findings)).toEqual({
      tool_a: "read",
      tool_b: "write",
      pattern: ["read", "write", "read", "write", "read", "write", "read"],
      count: 7,
      first_step: 2,
      last_step: 14,
      alternation: 7,
      alternation_repeats: 0,
    });
    expect(toolThrashing.step(findings)).toBe(14);
    expect(toolThrashing.explain(findings).title).toBe("Back and forth between read and write, 7 calls in turn");
    const long = testFindings(toolThrashing, { facts: { alternation: 500 } }, { alternation });
    expect(toolThrashing.evidence(long).pattern).toHaveLength(50);
  });
});
