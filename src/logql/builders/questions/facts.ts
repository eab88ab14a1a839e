import type { FactName } from "../../../core/facts";
import type { LogqlText } from "../../api";
import { aggregate, averageOverTime, countOverTime, overTime, quantileOverTime } from "../compose/metrics";
import { selector } from "../compose/selector";
import { type Comparison, labelIsNot, numberIs, pipeline, readable } from "../compose/stages";
import { agents, events, TERMINAL_EVENTS } from "../fields";
import { endParts, type FilterParts, identityParts, type RunFilter, stagesOf } from "../filter";
import type { Scope } from "../scope";
import { groupAliases, RUN_GROUPS, type RunGroup, type RunRateRequest } from "./runRate";

/** A threshold on a fact of the terminal line. */
export interface FactCondition {
  readonly fact: FactName;
  readonly op: Comparison;
  readonly value: number;
}

/** Terminal lines with fields of the facts, and conditions on them. */
function lines(
  scope: Scope,
  filter: RunFilter,
  by: readonly RunGroup[],
  facts: Pick<FilterParts, "paths" | "conditions">,
): LogqlText {
  const types = filter.ended?.length ? filter.ended : TERMINAL_EVENTS;
  const own = { needles: [], aliases: groupAliases(by), ...facts };
  const selected = selector(scope, [...agents(filter.agents), ...events(...types)]);
  return pipeline(selected, ...stagesOf(identityParts(filter), endParts(filter), own));
}

const factPath = (fact: FactName): string => `payload.facts.${fact}`;

function thresholds(conditions: readonly FactCondition[]): Required<Pick<FilterParts, "paths" | "conditions">> {
  return {
    paths: Object.fromEntries(conditions.map(({ fact }, at) => [`n${at}`, factPath(fact)])),
    conditions: conditions.map(({ op, value }, at) => numberIs(`n${at}`, op, value)),
  };
}

/**
 * Which ended runs have facts like these? Their terminal lines: all conditions hold, runs without one of the facts are
 * left out.
 *
 * @example runsWithFacts({}, {}, [{ fact: "loop_count", op: ">=", value: 3 }])
 */
export function runsWithFacts(scope: Scope, filter: RunFilter, conditions: readonly FactCondition[]): LogqlText {
  // A number filter keeps a line whose value is no number, with an error.
  return pipeline(lines(scope, filter, [], thresholds(conditions)), readable());
}

/** What if the threshold were another: how many runs of the window have facts like these? */
export function countRunsWithFacts(
  scope: Scope,
  filter: RunFilter,
  conditions: readonly FactCondition[],
  request: RunRateRequest,
): LogqlText {
  const counted = countOverTime(lines(scope, filter, request.by, thresholds(conditions)), request);
  return aggregate(
    "sum",
    counted,
    request.by.map((group) => RUN_GROUPS[group]),
  );
}

/** How a fact is summed up: a number is a quantile between 0 and 1. */
export type FactSummary = "sum" | "avg" | "min" | "max" | number;

export interface FactOverTimeRequest extends RunRateRequest {
  readonly fact: FactName;
  readonly summary: FactSummary;
}

/**
 * How large is a fact over time (cost, duration, tokens)? Runs without the fact are left out, unpriced ones of `cost_usd`
 * for example: ask for their number with `countRunsWithFacts`.
 *
 * @example factOverTime({}, {}, { fact: "duration_ms", summary: 0.95, by: ["agent"], windowMs: 3_600_000 })
 */
export function factOverTime(scope: Scope, filter: RunFilter, request: FactOverTimeRequest): LogqlText {
  const { fact, summary, by } = request;
  const labels = by.map((group) => RUN_GROUPS[group]);
  const numbers = lines(scope, filter, by, { paths: { n: factPath(fact) }, conditions: [] });
  if (summary === "avg") return averageOverTime(numbers, "n", request, labels);
  if (typeof summary === "number") return quantileOverTime(summary, numbers, "n", request, labels);
  return aggregate(summary, overTime(summary, numbers, "n", request), labels);
}

/** How many runs have the fact at all? */
export function countOfFact(
  scope: Scope,
  filter: RunFilter,
  request: RunRateRequest & { readonly fact: FactName },
): LogqlText {
  const { fact, by } = request;
  const having = lines(scope, filter, by, { paths: { n: factPath(fact) }, conditions: [labelIsNot("n", "")] });
  return aggregate(
    "sum",
    countOverTime(having, request),
    by.map((group) => RUN_GROUPS[group]),
  );
}
