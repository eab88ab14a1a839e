import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXIT_REASONS } from "../wire/terms";
import { holds, NEVER, outcomesOf } from "./condition";
import type { RuleInput } from "./detector";
import { DETECTORS } from "./registry";
import { arbitraryBaseline, arbitraryFacts, arbitraryThresholds } from "./testArbitraries";

const arbitraryEnd = fc.record({
  ended: fc.constantFrom("run.completed", "run.errored", undefined),
  exit_reason: fc.option(fc.constantFrom(...EXIT_REASONS), { nil: undefined }),
});

describe.each(DETECTORS.map((detector) => ({ type: detector.type, detector })))("$type", ({ detector }) => {
  /** By rule: a severity, "no data" or "clear". */
  const byRule = (input: RuleInput): string => {
    if (detector.needs(input) !== undefined) return "no data";
    const severity = detector.rule(input)?.severity;
    return severity ?? (detector.neverClear?.(input) === undefined ? "clear" : "no data");
  };
  /** All that the conditions say: one outcome, if they exclude each other. */
  const byConditions = (input: RuleInput): string[] => {
    const { fires, no_data } = outcomesOf(detector.conditions(input.thresholds, input.baseline));
    const outcomes: string[] = fires.filter(({ when }) => holds(when, input)).map(({ severity }) => severity);
    if (holds(no_data, input)) outcomes.push("no data");
    return outcomes.length === 0 ? ["clear"] : outcomes;
  };

  it("judges by its conditions as by its rule", () => {
    const seen = new Set<string>();
    const thresholds = arbitraryThresholds(detector.defaults);
    fc.assert(
      fc.property(arbitraryFacts, arbitraryEnd, thresholds, arbitraryBaseline, (facts, end, limits, baseline) => {
        const input = { facts, ...end, thresholds: limits, baseline };
        const outcome = byRule(input);
        seen.add(outcome);
        expect(byConditions(input)).toEqual([outcome]);
        const { tiers } = detector.conditions(limits, baseline);
        const widest = tiers.at(-1)?.when ?? NEVER;
        expect(holds(widest, input)).toBe(tiers.some(({ when }) => holds(when, input)));
      }),
      { numRuns: 3000, seed: 4 },
    );
    // A property that never sees a tier proves nothing about it.
    const severities = new Set(
      detector.conditions(detector.defaults, { steps: 1, turn_calls_max: 1 }).tiers.map(({ severity }) => severity),
    );
    expect([...seen]).toEqual(expect.arrayContaining(["clear", ...severities]));
  });
});
