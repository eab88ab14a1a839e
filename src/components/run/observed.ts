import {
  type Comparison,
  type DetectorSettings,
  detectorOf,
  type FactCondition,
  type NumericFact,
} from "../../core/detectors";
import type { Run } from "../../core/run";
import type { FailureType } from "../../core/wire";
import { factValue, NO_DATA } from "../../core/words";
import type { RunDetails } from "../../logql/ask";

/** A fact of the run beside the limit at which a detector takes notice of it. */
export interface Observed {
  readonly fact: NumericFact;
  /** "4", "no data". */
  readonly value: string;
  readonly op: Comparison;
  /** "3". */
  readonly limit: string;
  /** The fact is past its limit. */
  readonly holds: boolean;
}

type Compared = Extract<FactCondition, { readonly kind: "compare" }>;

/** What a detector observed against its limits, those that come from the baseline included; each fact and limit once. */
export function observedOf(
  failure_type: FailureType,
  {
    run,
    settings,
    baseline,
  }: { readonly run: Pick<Run, "facts">; readonly settings: DetectorSettings } & Pick<RunDetails, "baseline">,
): readonly Observed[] {
  const { tiers } = detectorOf(failure_type).conditions(settings[failure_type].thresholds, baseline);
  // The last tier holds wherever the detector fires.
  const compared = tiers.slice(-1).flatMap(({ when }) => comparisonsOf(when));
  const once = new Map(compared.map((part) => [`${part.fact} ${part.op} ${part.value}`, part]));
  return [...once.values()].map(({ fact, op, value }) => {
    const seen = run.facts[fact];
    return {
      fact,
      op,
      value: seen === undefined ? NO_DATA : factValue(fact, seen),
      limit: factValue(fact, value),
      holds: seen !== undefined && isPast(seen, op, value),
    };
  });
}

function comparisonsOf(condition: FactCondition): readonly Compared[] {
  switch (condition.kind) {
    case "compare":
      return [condition];
    case "all":
    case "any":
      return condition.of.flatMap(comparisonsOf);
    default:
      return [];
  }
}

function isPast(value: number, op: Comparison, limit: number): boolean {
  switch (op) {
    case ">=":
      return value >= limit;
    case ">":
      return value > limit;
    case "<=":
      return value <= limit;
    case "<":
      return value < limit;
  }
}

/** The name of a fact in words: "loop count". */
export const factWords = (fact: string): string => fact.replace(/_ms$/, "").replace(/_usd$/, "").replaceAll("_", " ");
