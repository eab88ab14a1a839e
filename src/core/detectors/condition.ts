import type { FactName, Facts } from "../facts/facts";
import type { ExitReason, Severity } from "../wire/terms";
import type { RuleInput } from "./detector";

/** The facts that are numbers. */
export type NumericFact = {
  [K in FactName]-?: NonNullable<Facts[K]> extends number ? K : never;
}[FactName];

export type Comparison = ">=" | ">" | "<=" | "<";

/**
 * What a rule demands of a run, as data: the same text of a rule for this process and for LogQL. A comparison with a fact
 * that is missing does not hold.
 */
export type FactCondition =
  | { readonly kind: "always" }
  | { readonly kind: "never" }
  | { readonly kind: "all"; readonly of: readonly FactCondition[] }
  | { readonly kind: "any"; readonly of: readonly FactCondition[] }
  | { readonly kind: "not"; readonly of: FactCondition }
  | { readonly kind: "known"; readonly fact: NumericFact }
  | { readonly kind: "compare"; readonly fact: NumericFact; readonly op: Comparison; readonly value: number }
  | { readonly kind: "exit_reason"; readonly is: ExitReason }
  | { readonly kind: "ended"; readonly by: NonNullable<RuleInput["ended"]> }
  | Outweighs;

/**
 * `fact / limit` is larger than `other / otherLimit`, or as large where `orEqual`; a missing fact weighs nothing. The one
 * condition that compares two facts with each other.
 */
export interface Outweighs {
  readonly kind: "outweighs";
  readonly fact: NumericFact;
  readonly limit: number;
  readonly other: NumericFact;
  readonly otherLimit: number;
  readonly orEqual: boolean;
}

/** How a detector judges a run, under certain thresholds and a certain baseline. */
export interface DetectorConditions {
  /** The run cannot be judged at all. */
  readonly missing: FactCondition;
  /**
   * Worst first: the first tier that holds is the severity. The last one holds wherever the detector fires; none at all
   * means that it never does.
   */
  readonly tiers: readonly Tier[];
  /** A run on which the detector does not fire is no data rather than clear. */
  readonly unclear: FactCondition;
}

export interface Tier {
  readonly severity: Severity;
  readonly when: FactCondition;
}

export const ALWAYS: FactCondition = { kind: "always" };
export const NEVER: FactCondition = { kind: "never" };

export const all = (...of: readonly FactCondition[]): FactCondition => ({ kind: "all", of });
export const any = (...of: readonly FactCondition[]): FactCondition => ({ kind: "any", of });
export const not = (of: FactCondition): FactCondition => ({ kind: "not", of });
export const known = (fact: NumericFact): FactCondition => ({ kind: "known", fact });
export const missing = (fact: NumericFact): FactCondition => not(known(fact));
export const atLeast = (fact: NumericFact, value: number): FactCondition => ({
  kind: "compare",
  fact,
  op: ">=",
  value,
});
export const above = (fact: NumericFact, value: number): FactCondition => ({ kind: "compare", fact, op: ">", value });
export const atMost = (fact: NumericFact, value: number): FactCondition => ({ kind: "compare", fact, op: "<=", value });
export const below = (fact: NumericFact, value: number): FactCondition => ({ kind: "compare", fact, op: "<", value });
export const exitReason = (is: ExitReason): FactCondition => ({ kind: "exit_reason", is });
export const endedBy = (by: NonNullable<RuleInput["ended"]>): FactCondition => ({ kind: "ended", by });

/** Of a run: what conditions look at. */
export type Judged = Pick<RuleInput, "facts" | "ended" | "exit_reason">;

/** Whether the condition holds for the run. */
export function holds(condition: FactCondition, run: Judged): boolean {
  switch (condition.kind) {
    case "always":
      return true;
    case "never":
      return false;
    case "all":
      return condition.of.every((part) => holds(part, run));
    case "any":
      return condition.of.some((part) => holds(part, run));
    case "not":
      return !holds(condition.of, run);
    case "known":
      return run.facts[condition.fact] !== undefined;
    case "compare":
      return compares(run.facts[condition.fact], condition.op, condition.value);
    case "exit_reason":
      return run.exit_reason === condition.is;
    case "ended":
      return run.ended === condition.by;
    case "outweighs": {
      const weight = weightOf(run.facts[condition.fact], condition.limit);
      const other = weightOf(run.facts[condition.other], condition.otherLimit);
      return condition.orEqual ? weight >= other : weight > other;
    }
  }
}

function compares(observed: number | undefined, op: Comparison, value: number): boolean {
  if (observed === undefined) return false;
  switch (op) {
    case ">=":
      return observed >= value;
    case ">":
      return observed > value;
    case "<=":
      return observed <= value;
    case "<":
      return observed < value;
  }
}

function weightOf(observed: number | undefined, limit: number): number {
  return observed === undefined ? 0 : observed / limit;
}

/** The ways a detector can come out of a run; of all of them at most one holds, and none for a run that is clear. */
export interface Outcomes {
  readonly fires: readonly Tier[];
  readonly no_data: FactCondition;
}

/**
 * Makes the tiers exclude each other, and what is missing exclude them all.
 *
 * @example
 * const { fires, no_data } = outcomesOf(toolLoop.conditions({ threshold: 3 }, {}));
 * fires.find(({ when }) => holds(when, run))?.severity;
 */
export function outcomesOf({ missing: unjudged, tiers, unclear }: DetectorConditions): Outcomes {
  const fires = tiers.map(({ severity, when }, index) => ({
    severity,
    when: all(not(unjudged), ...tiers.slice(0, index).map((worse) => not(worse.when)), when),
  }));
  return { fires, no_data: any(unjudged, all(unclear, ...tiers.map(({ when }) => not(when)))) };
}
