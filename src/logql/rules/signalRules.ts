import { DETECTORS, type Detector, type DetectorConfig } from "../../core/detectors";
import { canBeOverridden } from "../../core/detectors/overrides";
import { severityRank } from "../../core/wire";
import {
  ALL_AGENTS,
  RAW_ALERTS,
  type RawAlert,
  rawAlert,
  type SignalAlert,
  signalAlert,
  signalStorm,
  signalTexts,
  signalTextsFormat,
} from "../alerts";
import type { Scope } from "../builders";
import { agentParts, alertedAgents } from "./agentParts";
import type { AlertRule, AlertText, RuleOptions } from "./alertRule";

/** More failing runs of one agent and type in a minute than anyone looks at one by one; far below Loki's 500 series. */
export const STORM_RUNS = 100;

const hyphenated = (name: string): string => name.toLowerCase().replaceAll("_", "-");
const IN_AGENT = "in {{ $labels.agent_id }}";

/** One rule per detector that can be severe enough and alerts for any agent, one for unknown types, one for storms. */
export function signalRules(config: DetectorConfig, scope: Scope, { least }: RuleOptions): AlertRule[] {
  const known = DETECTORS.flatMap((detector) => {
    const agents = alertedAgents(config, detector.type);
    if (agents === undefined || !canReach(detector, least)) return [];
    return [signalRule(detector.label, { type: detector.type, agents, least }, scope, detector.summary)];
  });
  const other = signalRule(
    "Other signal",
    { type: undefined, agents: ALL_AGENTS, least },
    scope,
    "A detector that this version of the rules does not know fired.",
  );
  return [...known, other, stormRule(scope, least)];
}

/** Overrides raise up to CRITICAL. */
function canReach(detector: Detector, least: RuleOptions["least"]): boolean {
  return canBeOverridden(detector.type) || severityRank(detector.top) >= severityRank(least);
}

function signalRule(label: string, alert: SignalAlert, scope: Scope, evidence: string): AlertRule {
  const text: AlertText = {
    summary: `${label} ${IN_AGENT} ({{ $labels.severity }})`,
    title: alert.type === undefined ? "{{ $labels.failure_type }}" : label,
    evidence,
    page: "run",
    told: { query: signalTexts(scope, alert), format: signalTextsFormat(scope) },
  };
  const id = `dunetrace-${alert.type === undefined ? "other-signal" : hyphenated(alert.type)}`;
  return { id, title: label, group: "signals", expr: signalAlert(scope, alert), labels: {}, text };
}

function stormRule(scope: Scope, least: RuleOptions["least"]): AlertRule {
  return {
    id: "dunetrace-signal-storm",
    title: "Signal storm",
    group: "signals",
    expr: signalStorm(scope, least, STORM_RUNS),
    labels: { severity: "CRITICAL" },
    text: {
      summary: `More than ${STORM_RUNS} runs in a minute with {{ $labels.failure_type }} ${IN_AGENT}`,
      title: "{{ $labels.failure_type }} in {{ $value }} runs of the last minute",
      evidence: "Counted over the final signals of the last minute.",
      page: "agent",
    },
  };
}

/** Rules on plain events, for producers that write no signals, by the thresholds of each agent. */
export function rawRules(config: DetectorConfig, scope: Scope, { least }: RuleOptions): AlertRule[] {
  const severe = RAW_ALERTS.filter(({ severity }) => severityRank(severity) >= severityRank(least));
  return severe.flatMap((alert) => {
    const parts = agentParts(config, alert.type);
    if (parts.length === 0) return [];
    const all = parts.map(({ agents, setting }) => ({ agents, thresholds: setting.thresholds }));
    return [rawRule(alert, rawAlert(scope, alert, all))];
  });
}

function rawRule(alert: RawAlert, expr: AlertRule["expr"]): AlertRule {
  const { type, severity, name, title, evidence } = alert;
  const label = DETECTORS.find((detector) => detector.type === type)?.label ?? type;
  return {
    id: `dunetrace-events-${name}`,
    title,
    group: "signals",
    expr,
    labels: { failure_type: type, severity },
    text: { summary: `${label} ${IN_AGENT} (${severity})`, title: label, evidence, page: "run" },
  };
}
