import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { containsValue, labelIs, pipeline } from "../compose/stages";
import { agents, events, fields, TERMINAL_EVENTS } from "../fields";
import type { Scope } from "../scope";

export interface RunReference {
  readonly run_id: string;
  /** Where it is known: one agent's streams instead of all. */
  readonly agent_id?: string | undefined;
}

const agentsOf = ({ agent_id }: RunReference) => agents(agent_id === undefined ? [] : [agent_id]);

/**
 * What happened in one run? All its lines, unknown events too.
 *
 * @example runLines({}, { run_id: "R", agent_id: "A" }) // {agent_id="A"} |= "R" | json rid="run_id" | rid="R"
 */
export function runLines(scope: Scope, run: RunReference): LogqlText {
  const { run_id } = run;
  return pipeline(selector(scope, agentsOf(run)), containsValue(run_id), fields("rid"), labelIs("rid", run_id));
}

/** Which runs are nested in this one? Their start and terminal lines, of whatever agent. */
export function childRuns(scope: Scope, run_id: string): LogqlText {
  const lines = selector(scope, [...agents([]), ...events("run.started", ...TERMINAL_EVENTS)]);
  return pipeline(lines, containsValue(run_id), fields("prid"), labelIs("prid", run_id));
}
