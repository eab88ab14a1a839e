import type { RunStatus } from "../../core/run";
import type { AgentRow } from "../../logql/ask";

type Counted = Pick<AgentRow, "started" | "completed" | "failed">;

/** The runs of an agent that pass the filter of states, as far as counts tell them. */
export function runsOf({ started, completed, failed }: Counted, statuses: readonly RunStatus[] | undefined): number {
  const open = Math.max(0, started - completed - failed);
  if (statuses === undefined) return completed + failed + open;
  const isAny = (...some: readonly RunStatus[]): boolean => some.some((status) => statuses.includes(status));
  return (
    (isAny("completed") ? completed : 0) + (isAny("errored") ? failed : 0) + (isAny("running", "stalled") ? open : 0)
  );
}

/** One line of the sidebar. */
export interface AgentCount {
  readonly agent_id: string;
  readonly runs: number;
  readonly failed: number;
  readonly chosen: boolean;
}

/** Agents by name, those without a passing run last but for the chosen ones, which are listed even when unknown. */
export function agentCounts(
  agents: readonly (Counted & Pick<AgentRow, "agent_id">)[],
  chosen: readonly string[],
  statuses: readonly RunStatus[] | undefined,
): readonly AgentCount[] {
  const known = agents.map((agent) => ({
    agent_id: agent.agent_id,
    runs: runsOf(agent, statuses),
    failed: statuses === undefined || statuses.includes("errored") ? agent.failed : 0,
    chosen: chosen.includes(agent.agent_id),
  }));
  const ids = new Set(known.map(({ agent_id }) => agent_id));
  const missing = chosen
    .filter((agent_id) => !ids.has(agent_id))
    .map((agent_id) => ({ agent_id, runs: 0, failed: 0, chosen: true }));
  const all = [...known, ...missing].sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1));
  return [
    ...all.filter((agent) => agent.runs > 0 || agent.chosen),
    ...all.filter((agent) => agent.runs === 0 && !agent.chosen),
  ];
}

/** What the header says of the agents that are shown. */
export interface RunTotals {
  readonly runs: number;
  readonly failed: number;
  /** Newest start or end, ms. */
  readonly last: number | undefined;
}

export function totalsOf(
  agents: readonly AgentRow[],
  chosen: readonly string[],
  statuses: readonly RunStatus[] | undefined,
): RunTotals {
  const shown = chosen.length === 0 ? agents : agents.filter(({ agent_id }) => chosen.includes(agent_id));
  const times = shown.flatMap(({ last_run_at }) =>
    last_run_at === undefined ? [] : [Number(last_run_at / 1_000_000n)],
  );
  return {
    runs: shown.reduce((sum, agent) => sum + runsOf(agent, statuses), 0),
    failed:
      statuses === undefined || statuses.includes("errored") ? shown.reduce((sum, { failed }) => sum + failed, 0) : 0,
    last: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
  };
}
