import { isFailureType, SEVERITIES, severityRank } from "../../../core/wire";
import type { Sample } from "../../api";
import { SIGNAL_GROUPS } from "../../builders";
import type { AgentRow } from "../questions";

export type SignalCount = AgentRow["signals"][number];

/** Counts of signals by agent, each type once with its worst severity, worst first. */
export function countsByAgent(samples: readonly Sample[]): ReadonlyMap<string, readonly SignalCount[]> {
  const found = new Map<string, Map<string, SignalCount>>();
  for (const { metric, value } of samples) {
    const agent_id = metric[SIGNAL_GROUPS.agent] ?? "";
    const failure_type = metric[SIGNAL_GROUPS.failure_type] ?? "";
    const severity = SEVERITIES.find((known) => known === metric[SIGNAL_GROUPS.severity]);
    if (!isFailureType(failure_type) || severity === undefined) continue;
    const types = found.get(agent_id) ?? new Map<string, SignalCount>();
    found.set(agent_id, types);
    const known = types.get(failure_type);
    const worse =
      known !== undefined && severityRank(known.severity) > severityRank(severity) ? known.severity : severity;
    types.set(failure_type, { failure_type, severity: worse, count: (known?.count ?? 0) + value });
  }
  return new Map([...found].map(([agent_id, types]) => [agent_id, [...types.values()].sort(worstFirst)]));
}

function worstFirst(a: SignalCount, b: SignalCount): number {
  return severityRank(b.severity) - severityRank(a.severity) || b.count - a.count;
}
