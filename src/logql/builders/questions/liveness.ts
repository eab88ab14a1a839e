import type { LogqlText } from "../../api";
import { aggregate, countOverTime } from "../compose/metrics";
import { selector } from "../compose/selector";
import { containsAny, labelIn, pipeline } from "../compose/stages";
import { agents, events, fields, TERMINAL_EVENTS } from "../fields";
import type { Scope } from "../scope";

/** The most runs that one query may name: its series stay below the limit of 500, its text far below 128 KiB. */
export const MOST_NAMED_RUNS = 200;

export interface NamedRuns {
  readonly run_ids: readonly string[];
  readonly agents?: readonly string[] | undefined;
}

/** Which of these runs have ended? Their terminal lines. */
export function runEnds(scope: Scope, { run_ids, agents: ids }: NamedRuns): LogqlText {
  const lines = selector(scope, [...agents(ids), ...events(...TERMINAL_EVENTS)]);
  return pipeline(lines, containsAny(run_ids), fields("rid"), labelIn("rid", run_ids));
}

/** Which of these runs wrote a line lately? Lines by `rid` over the window: those without a series are silent. */
export function runActivity(scope: Scope, runs: NamedRuns, windowMs: number): LogqlText {
  const lines = pipeline(
    selector(scope, agents(runs.agents)),
    containsAny(runs.run_ids),
    fields("rid"),
    labelIn("rid", runs.run_ids),
  );
  return aggregate("sum", countOverTime(lines, { windowMs }), ["rid"]);
}
