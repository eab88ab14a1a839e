import type { LogqlText, LokiApi, Nanos } from "../api";
import { agentCounts, allLines, asksForEnd, endedRuns, finishedRuns, type RunFilter, type Scope } from "../builders";
import { countsBy } from "./countsByEvent";
import { inTurns } from "./inTurns";
import { type ReadRequest, windowMsOf } from "./request";
import { bySplitting } from "./splitByAgents";

export interface AgentSummary {
  readonly agent_id: string;
  readonly started: number;
  readonly completed: number;
  /** Runs that ended in `run.errored`. */
  readonly failed: number;
  /** Its newest line of a start or an end. */
  readonly last_run_at: Nanos | undefined;
}

export interface AgentsRequest extends ReadRequest {
  /** Where it asks for what only terminal lines tell, open runs are not counted and `started` is 0. */
  readonly filter?: RunFilter | undefined;
}

const RUN_EVENTS = ["run.started", "run.completed", "run.errored"] as const;
/** Among this many newest lines most agents are found; the others are asked for in groups. */
const NEWEST_LINES = 500;
const GROUP = 100;
const AT_ONCE = 4;

function groupsOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / GROUP) }, (_, at) => ids.slice(at * GROUP, (at + 1) * GROUP));
}

function linesOf(scope: Scope, filter: RunFilter): LogqlText {
  return asksForEnd(filter) ? finishedRuns(scope, filter) : allLines(scope, { ...filter, event_types: RUN_EVENTS });
}

function countsOf(scope: Scope, filter: RunFilter, windowMs: number): LogqlText {
  if (!asksForEnd(filter)) return agentCounts(scope, filter, windowMs);
  return endedRuns(scope, filter, { by: ["agent", "event"], windowMs });
}

/** The newest start or end of each agent. */
async function lastRuns(api: LokiApi, ids: readonly string[], request: AgentsRequest): Promise<Map<string, Nanos>> {
  const { start, end, scope = {}, filter, signal } = request;
  const last = new Map<string, Nanos>();
  const newest = async (agents: readonly string[] | undefined): Promise<void> => {
    const query = linesOf(scope, { ...filter, agents });
    const entries = await api.logs({ query, start, end, limit: NEWEST_LINES, direction: "backward" }, signal);
    for (const { ts, labels } of entries) {
      const { agent_id } = labels;
      if (agent_id !== undefined && (last.get(agent_id) ?? -1n) < ts) last.set(agent_id, ts);
    }
  };
  await newest(filter?.agents);
  let rest = ids.filter((agent_id) => !last.has(agent_id));
  while (rest.length > 0) {
    await inTurns(groupsOf(rest), AT_ONCE, newest);
    const left = rest.filter((agent_id) => !last.has(agent_id));
    // Each group shows at least its newest agent, unless its lines went away meanwhile.
    if (left.length === rest.length) break;
    rest = left;
  }
  return last;
}

/**
 * The agents that had runs, by name.
 *
 * @throws LokiError
 */
export async function listAgents(api: LokiApi, request: AgentsRequest): Promise<readonly AgentSummary[]> {
  const { scope = {}, filter = {}, start, end, signal } = request;
  const perAgent = bySplitting(api, { start, end, scope, agents: filter.agents, signal });
  const samples = await perAgent((agents) => {
    const query = countsOf(scope, { ...filter, agents }, windowMsOf(request));
    // The window of a metric query holds its end, that of a log query does not.
    return api.instant({ query, time: end - 1n }, signal);
  });
  const counts = countsBy(samples, ({ agent_id = "" }) => agent_id);
  const ids = [...counts.keys()].sort();
  const last = ids.length === 0 ? new Map<string, Nanos>() : await lastRuns(api, ids, request);
  return [...counts]
    .map(([agent_id, runs]) => ({ agent_id, ...runs, last_run_at: last.get(agent_id) }))
    .sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1));
}
