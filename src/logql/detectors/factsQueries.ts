import { type FactCondition, type FailureType, outcomesOf, type Severity, severityRank } from "../../core";
import { pipeline, readable } from "../builders";
import { type FactsQuery, groupsOf, type JudgedRuns, queriesFor } from "./composeQuery";
import type { JudgedAlike } from "./groups";

export interface TierQuery extends FactsQuery {
  readonly severity: Severity;
}

/** The queries of one detector: together they return every run that fires, and every one without data, once. */
export interface FactsQueries {
  /** By severity, before other signals and overrides raise it. */
  readonly fires: readonly TierQuery[];
  readonly no_data: readonly FactsQuery[];
}

/**
 * On which finished runs does a detector fire, how badly, and on which is there no data? Log queries over the facts of
 * the terminal lines; lines without facts are in no answer.
 *
 * @example
 * const { fires } = factsQueries("TOOL_LOOP", { filter: { agents: ["support-bot"] } });
 * for (const { severity, query } of fires) await loki.logs({ query, start, end, limit: 5000, direction: "backward" });
 */
export function factsQueries(type: FailureType, runs: JudgedRuns = {}): FactsQueries {
  const groups = groupsOf(type, runs);
  const severities = new Set(groups.flatMap(({ conditions }) => conditions.tiers.map(({ severity }) => severity)));
  return {
    fires: [...severities]
      .sort((a, b) => severityRank(b) - severityRank(a))
      .flatMap((severity) => {
        const firesAt = (group: JudgedAlike): FactCondition => ({
          kind: "any",
          of: outcomesOf(group.conditions).fires.flatMap((tier) => (tier.severity === severity ? [tier.when] : [])),
        });
        return queriesFor(groups, firesAt, runs).map((query) => ({ severity, ...withoutErrors(query) }));
      }),
    no_data: queriesFor(groups, ({ conditions }) => outcomesOf(conditions).no_data, runs).map(withoutErrors),
  };
}

/** A line whose facts are no numbers is left out, as in counts. */
function withoutErrors({ query, computesLabels }: FactsQuery): FactsQuery {
  return { query: pipeline(query, readable()), computesLabels };
}
