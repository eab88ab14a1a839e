import { type FactCondition, type FailureType, type Severity, severityRank } from "../../core";
import type { LogqlText } from "../api";
import { aggregate, countOverTime, json, labelIsNot, pipeline, type Window } from "../builders";
import { endParts, stagesOf as filterStages, identityParts } from "../builders/filter";
import { type FactsQuery, groupsOf, type JudgedRuns, queriesFor, selectorOf } from "./composeQuery";
import type { JudgedAlike } from "./groups";

export interface WhatIf extends JudgedRuns, Window {
  /** Signals at least this severe count; LOW by default. */
  readonly least?: Severity | undefined;
}

/**
 * How many finished runs of the window would fire, by `agent_id`? Metric queries, one unless very many agents have
 * baselines or sections of their own; the agents of their answers do not overlap. Give the thresholds as a config.
 *
 * @example
 * const config = parseDetectorConfig({ default: { tool_loop: { threshold: 4 } } }, "what-if");
 * const [question] = whatIfQueries("TOOL_LOOP", { config, windowMs: 7 * 86_400_000 });
 */
export function whatIfQueries(type: FailureType, whatIf: WhatIf): FactsQuery[] {
  const { windowMs, offsetMs } = whatIf;
  return firingQueries(type, whatIf).map(({ query, computesLabels }) => ({
    query: aggregate("sum", countOverTime(query, { windowMs, offsetMs }), ["agent_id"]),
    computesLabels,
  }));
}

/**
 * On which finished runs does a detector fire at all? Log queries for their terminal lines, one unless very many agents
 * have baselines or sections of their own; none where it can fire on no run.
 *
 * @param runs as of `whatIfQueries`
 */
export function firingQueries(type: FailureType, runs: JudgedRuns & Pick<WhatIf, "least">): FactsQuery[] {
  const { least = "LOW" } = runs;
  const fires = ({ conditions: { missing, tiers } }: JudgedAlike): FactCondition => {
    const counted = tiers.filter(({ severity }) => severityRank(severity) >= severityRank(least));
    // The last tier holds wherever any does.
    const of = counted.length === tiers.length ? counted.slice(-1) : counted;
    return {
      kind: "all",
      of: [
        { kind: "not", of: missing },
        { kind: "any", of: of.map(({ when }) => when) },
      ],
    };
  };
  return queriesFor(groupsOf(type, runs), fires, runs);
}

/** Terminal lines with facts: of all runs that can be judged. */
export function judgedRuns({ scope = {}, filter = {} }: JudgedRuns): LogqlText {
  const lines = pipeline(
    selectorOf(scope, filter, undefined),
    ...filterStages(identityParts(filter), endParts(filter)),
  );
  return pipeline(lines, json({ f_v: "payload.facts_v" }), labelIsNot("f_v", ""));
}

/** By which event types and labels all runs with facts are counted: what the numbers of a what-if are compared with. */
export function judgedCount({ windowMs, offsetMs, ...runs }: JudgedRuns & Window): LogqlText {
  return aggregate("sum", countOverTime(judgedRuns(runs), { windowMs, offsetMs }), ["agent_id"]);
}
