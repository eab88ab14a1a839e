import { quietAgents, stalledRuns } from "../alerts";
import { durationText, type Scope } from "../builders";
import type { AlertRule, RuleOptions } from "./alertRule";

/** Rules on what did not happen: runs that never end, agents that no longer run. */
export function agentRules(scope: Scope, { stalledAfterMs, quietAfterMs }: RuleOptions): AlertRule[] {
  const [silent, quiet] = [durationText(stalledAfterMs), durationText(quietAfterMs)];
  return [
    {
      id: "dunetrace-stalled-runs",
      title: "Stalled runs",
      group: "agents",
      expr: stalledRuns(scope, stalledAfterMs),
      labels: { severity: "HIGH" },
      text: {
        summary: "Stalled runs of {{ $labels.agent_id }}",
        title: `{{ $value }} of its runs neither ended nor wrote a line for ${silent}`,
        evidence: `Runs started within the last hour, without an end, and silent for ${silent}.`,
        page: "agent",
      },
    },
    {
      id: "dunetrace-quiet-agent",
      title: "Quiet agent",
      group: "agents",
      expr: quietAgents(scope, quietAfterMs),
      labels: { severity: "HIGH" },
      text: {
        summary: "No runs of {{ $labels.agent_id }}",
        title: `It started no run for ${quiet}`,
        evidence: "It started {{ $value }} runs in the last 24 hours.",
        page: "agent",
      },
    },
  ];
}
