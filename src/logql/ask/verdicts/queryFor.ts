import type { Baseline } from "../../../core/baselines";
import { liveSignals, recordedSignals } from "../../builders";
import { firingQueries } from "../../detectors";
import type { ListedSignal } from "../questions";
import type { AskSettings } from "../settings";
import { onlyFor } from "./baselines";

/**
 * LogQL that finds a signal and its like: over facts for computed ones, over verdicts for recorded ones. Undefined where
 * the rule can fire on no finished run of the agent.
 */
export function queryFor(
  signal: Pick<ListedSignal, "failure_type" | "severity" | "shadow" | "origin" | "provisional">,
  { agent_id, baseline }: { readonly agent_id: string; readonly baseline: Baseline },
  { scope, config }: AskSettings,
): string | undefined {
  const { failure_type, severity, shadow, origin, provisional } = signal;
  const filter = { agents: [agent_id], failure_types: [failure_type], min_severity: severity, shadow };
  if (origin === "recorded") return provisional ? liveSignals(scope, filter) : recordedSignals(scope, filter);
  const baselines = onlyFor(agent_id, baseline);
  const [found] = firingQueries(failure_type, { scope, config, baselines, filter: { agents: [agent_id] } });
  return found?.query;
}
