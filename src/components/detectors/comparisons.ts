import { BASELINE_FACTS, type Baseline } from "../../core/baselines";
import type { Comparison, Detector, FactCondition, NumericFact, Thresholds } from "../../core/detectors";

/** How a rule compares a fact with one of its settings. */
export interface ComparedFact {
  readonly fact: NumericFact;
  readonly op: Comparison;
}

/** Values that no rule has as a constant. */
const [ONE, OTHER] = [7.0193, 11.0371];

/** A baseline of 1 for all facts: limits by baseline are then the factors themselves. */
const USUAL: Baseline = Object.fromEntries(BASELINE_FACTS.map((fact) => [fact, 1]));

/**
 * The facts that a rule compares with a setting, and how: told from the rule itself, by which of its conditions follow
 * the setting. Settings that switch a part of a rule may have none.
 *
 * @example comparedFacts(detectorOf("TOOL_LOOP"), "threshold", { threshold: 3 }) // [{ fact: "loop_count", op: ">=" }, …]
 */
export function comparedFacts(detector: Detector, name: string, thresholds: Thresholds): readonly ComparedFact[] {
  // A floor below all limits leaves them to the setting.
  const floors = Object.keys(thresholds).filter((key) => key.startsWith("floor_"));
  const low = Object.fromEntries(floors.map((key) => [key, 0]));
  const of = (value: number) =>
    [{}, USUAL].flatMap((baseline) => {
      const { missing, tiers, unclear } = detector.conditions({ ...thresholds, ...low, [name]: value }, baseline);
      return [missing, ...tiers.map(({ when }) => when), unclear].flatMap(comparisons);
    });
  const others = new Set(of(OTHER).map(keyOf));
  const found = of(ONE).filter((comparison) => !others.has(keyOf(comparison)));
  return [...new Map(found.map(({ fact, op }) => [`${fact} ${op}`, { fact, op }])).values()];
}

type Compared = ComparedFact & { readonly value: number };

const keyOf = ({ fact, op, value }: Compared): string => `${fact} ${op} ${value}`;

function comparisons(condition: FactCondition): readonly Compared[] {
  switch (condition.kind) {
    case "compare":
      return [condition];
    case "all":
    case "any":
      return condition.of.flatMap(comparisons);
    case "not":
      return comparisons(condition.of);
    default:
      return [];
  }
}

/** The fact that shows best how far a run is from the setting: the first that the rule reads. */
export function decidingFact(detector: Detector, name: string, thresholds: Thresholds): ComparedFact | undefined {
  const compared = comparedFacts(detector, name, thresholds);
  const first = detector.reads.find((fact) => compared.some((one) => one.fact === fact));
  return compared.find(({ fact }) => fact === first) ?? compared[0];
}
