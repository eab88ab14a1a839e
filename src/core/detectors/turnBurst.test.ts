import { describe, expect, it } from "vitest";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";
import { turnBurst } from "./turnBurst";

const cases: readonly RuleCase<typeof turnBurst>[] = [
  [
    "no baseline",
    { facts: { turn_calls_max: 99 } },
    "no data: a baseline of calls per turn (20 completed runs in 7 days)",
  ],
  ["at the limit", { facts: { turn_calls_max: 12 }, baseline: { turn_calls_max: 4 } }, "clear"],
  ["above the limit", { facts: { turn_calls_max: 24 }, baseline: { turn_calls_max: 4 } }, "MEDIUM 0.9"],
];

describe("TURN_BURST", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(turnBurst, input)).toBe(outcome));

  it("shows the busiest turn", () => {
    const findings = testFindings(
      turnBurst,
      { facts: { turn_calls_max: 24 }, baseline: { turn_calls_max: 4 } },
      { busiest_turn: { turn: 2, first_step: 11, calls: 24 } },
    );
    expect(turnBurst.evidence(findings)).toEqual({
      turn: 2,
      first_step: 11,
      calls: 24,
      baseline_p75: 4,
      threshold_factor: 3,
      turn_calls_max: 24,
    });
    expect(turnBurst.step(findings)).toBe(11);
    expect(turnBurst.explain(findings).title).toBe("24 calls in one user turn, 6× the usual");
    expect(turnBurst.shadow).toBe(true);
  });
});
