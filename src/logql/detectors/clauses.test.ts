import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DETECTORS, type FactCondition, type Facts, holds, outcomesOf } from "../../core";
import type { Judged } from "../../core/detectors/condition";
import { arbitraryBaseline, arbitraryFacts, arbitraryThresholds } from "../../core/detectors/testArbitraries";
import { EXIT_REASONS } from "../../core/wire";
import {
  type Clause,
  clausesOf,
  EXIT_LABEL,
  factLabel,
  type Literal,
  NUMERIC_FACTS,
  simplified,
  weighingOf,
} from "./clauses";
import { inOrder, stagesOf } from "./filters";

type Labels = ReadonlyMap<string, string>;
/** What became of a line: Loki keeps it with an error where a number filter met an empty label. */
type Fate = "kept" | "dropped" | "kept with an error";

/** Loki's label filters: `or` stops at the first that holds; a number filter holds once there is an error. */
function pass(clauses: readonly Clause[], labels: Labels): Fate {
  let failed = false;
  const passes = (literal: Literal): boolean => {
    const value = labels.get(literal.label) ?? "";
    if (literal.kind === "text") return (value === literal.value) === literal.is;
    if (literal.kind === "list") return literal.values.includes(value) === literal.is;
    if (failed) return true;
    if (value === "") {
      failed = true;
      return true;
    }
    const [number, limit] = [Number(value), literal.value];
    return { ">=": number >= limit, ">": number > limit, "<=": number <= limit, "<": number < limit }[literal.op];
  };
  for (const clause of clauses) if (!clause.some(passes)) return "dropped";
  return failed ? "kept with an error" : "kept";
}

function labelsOf({ facts, ended, exit_reason }: Judged, weighings: readonly FactCondition[]): Labels {
  const labels = new Map<string, string>([
    ["event_type", ended ?? ""],
    [EXIT_LABEL, exit_reason ?? ""],
  ]);
  for (const fact of NUMERIC_FACTS) labels.set(factLabel(fact), String(facts[fact] ?? ""));
  for (const condition of weighings) {
    if (condition.kind !== "outweighs") continue;
    labels.set(weighingOf(condition).label, holds(condition, { facts, ended, exit_reason }) ? "1" : "");
  }
  return labels;
}

function weighingsIn(condition: FactCondition): FactCondition[] {
  if (condition.kind === "outweighs") return [condition];
  if (condition.kind === "not") return weighingsIn(condition.of);
  return condition.kind === "all" || condition.kind === "any" ? condition.of.flatMap(weighingsIn) : [];
}

const arbitraryEnd = fc.record({
  ended: fc.constantFrom("run.completed" as const, "run.errored" as const),
  exit_reason: fc.option(fc.constantFrom(...EXIT_REASONS), { nil: undefined }),
});

describe.each(DETECTORS.map((detector) => ({ type: detector.type, detector })))(
  "the clauses of $type",
  ({ detector }) => {
    it("keep just the lines for which the condition holds, without an error", () => {
      const thresholds = arbitraryThresholds(detector.defaults);
      fc.assert(
        fc.property(arbitraryFacts, arbitraryEnd, thresholds, arbitraryBaseline, (facts, end, limits, baseline) => {
          const run = { facts: facts satisfies Facts, ...end };
          const { fires, no_data } = outcomesOf(detector.conditions(limits, baseline));
          for (const condition of [...fires.map(({ when }) => when), no_data]) {
            const clauses = inOrder(simplified(clausesOf(condition)));
            const expected = holds(condition, run) ? "kept" : "dropped";
            expect(pass(clauses, labelsOf(run, weighingsIn(condition))), JSON.stringify(clauses)).toBe(expected);
          }
        }),
        { numRuns: 1000, seed: 7 },
      );
    });
  },
);

describe("clauses", () => {
  const condition: FactCondition = {
    kind: "any",
    of: [
      { kind: "compare", fact: "retrieval_min_score", op: "<", value: 0.3 },
      { kind: "compare", fact: "loop_distinct", op: "<=", value: 2 },
    ],
  };

  it("ask for a number before they compare it", () => {
    expect(stagesOf(simplified(clausesOf({ kind: "compare", fact: "steps", op: ">=", value: 3 })))).toEqual([
      '| f_steps!=""',
      "| f_steps >= 3",
    ]);
  });

  it("keep the guard of each of several numbers of which one may be missing", () => {
    expect(stagesOf(simplified(clausesOf(condition)))).toEqual([
      '| (f_retrieval_min_score!="" or f_loop_distinct!="")',
      '| (f_retrieval_min_score!="" or f_loop_distinct="" or f_loop_distinct <= 2)',
      '| (f_retrieval_min_score="" or f_loop_distinct!="" or f_retrieval_min_score < 0.3)',
      '| (f_retrieval_min_score="" or f_loop_distinct="" or f_retrieval_min_score < 0.3 or f_loop_distinct <= 2)',
    ]);
  });

  it("say that nothing can hold by an empty clause, and that everything does by none", () => {
    expect(clausesOf({ kind: "never" })).toEqual([[]]);
    expect(clausesOf({ kind: "not", of: { kind: "never" } })).toEqual([]);
    expect(clausesOf({ kind: "any", of: [{ kind: "never" }, condition] })).toEqual(clausesOf(condition));
  });
});
