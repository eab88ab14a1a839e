import type { LokiApi } from "../api";
import { agentCounts } from "../builders";
import { type AgentSummary, listAgents } from "./listAgents";
import { type Clock, msToNanos, type ReadRequest } from "./request";
import { bySplitting } from "./splitByAgents";

export interface QuietRequest extends Clock {
  readonly scope?: ReadRequest["scope"];
  readonly signal?: AbortSignal | undefined;
  readonly agents?: readonly string[] | undefined;
  /** Runs of this long ago show that an agent is in use; 24 h by default. */
  readonly activeMs?: number | undefined;
  /** Quiet is who had no run for this long; 30 min by default. */
  readonly quietMs?: number | undefined;
}

/**
 * Agents that had runs lately and now have none, by name.
 *
 * @throws LokiError
 */
export async function quietAgents(api: LokiApi, request: QuietRequest): Promise<readonly AgentSummary[]> {
  const { now, activeMs = 86_400_000, quietMs = 1_800_000, scope = {}, agents, signal } = request;
  const end = now + 1n;
  const perAgent = bySplitting(api, { start: end - msToNanos(quietMs), end, scope, agents, signal });
  const [active, lately] = await Promise.all([
    listAgents(api, { start: end - msToNanos(activeMs), end, scope, filter: { agents }, signal }),
    perAgent((some) => api.instant({ query: agentCounts(scope, { agents: some }, quietMs), time: now }, signal)),
  ]);
  const busy = new Set(lately.filter(({ value }) => value > 0).map(({ metric }) => metric.agent_id));
  return active.filter(({ agent_id }) => !busy.has(agent_id));
}
