import type { LokiApi } from "../api";
import { endedRuns } from "../builders";
import { countsBy } from "./countsByEvent";
import type { AgentsRequest } from "./listAgents";
import { windowMsOf } from "./request";
import { bySplitting } from "./splitByAgents";

export interface VersionSummary {
  readonly agent_id: string;
  /** "" for lines that name none. */
  readonly agent_version: string;
  readonly completed: number;
  readonly failed: number;
}

/**
 * The versions of which runs ended, by agent and version.
 *
 * @throws LokiError
 */
export async function listVersions(api: LokiApi, request: AgentsRequest): Promise<readonly VersionSummary[]> {
  const { scope = {}, filter = {}, start, end, signal } = request;
  const perAgent = bySplitting(api, { start, end, scope, agents: filter.agents, signal });
  const samples = await perAgent((agents) => {
    const split = { by: ["agent", "version", "event"], windowMs: windowMsOf(request) } as const;
    return api.instant({ query: endedRuns(scope, { ...filter, agents }, split), time: end - 1n }, signal);
  });
  const keys = new Map<string, Pick<VersionSummary, "agent_id" | "agent_version">>();
  const counts = countsBy(samples, ({ agent_id = "", ver = "" }) => {
    const key = JSON.stringify([agent_id, ver]);
    keys.set(key, { agent_id, agent_version: ver });
    return key;
  });
  const versions = [...counts].flatMap(([key, { completed, failed }]) => {
    const names = keys.get(key);
    return names === undefined ? [] : [{ ...names, completed, failed }];
  });
  return versions.sort((a, b) =>
    a.agent_id === b.agent_id ? (a.agent_version < b.agent_version ? -1 : 1) : a.agent_id < b.agent_id ? -1 : 1,
  );
}
