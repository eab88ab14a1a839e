/** Expressions of alert rules: what Grafana's alerting and Loki's ruler evaluate every few seconds. */
export { type AgentSet, ALL_AGENTS } from "./agentSet";
export { QUIET_AFTER_MS, quietAgents, STALLED_AFTER_MS, stalledRuns } from "./agents";
export { RAW_ALERTS, type RawAlert, rawAlert } from "./rawEvents";
export { type SignalAlert, signalAlert, signalStorm, signalTexts, signalTextsFormat } from "./signals";
