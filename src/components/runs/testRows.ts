import type { ListedSignal, RunRow } from "../../logql/ask";

const RUN: RunRow["run"] = {
  run_id: "run",
  agent_id: "agent",
  agent_version: undefined,
  parent_run_id: undefined,
  session_id: undefined,
  user_hash: undefined,
  trace_id: undefined,
  tags: undefined,
  status: "completed",
  ended: "run.completed",
  exit_reason: "completed",
  started_at: 1_000_000_000,
  model: undefined,
  kind: undefined,
  source: undefined,
  capture: undefined,
  error_type: undefined,
  ended_at: 1_001_000_000,
  duration_ms: 1000,
  steps: 3,
  facts: undefined,
  facts_v: undefined,
  rules: undefined,
  baseline: undefined,
  signals: undefined,
  dropped_events: undefined,
  at: 1_001_000_000_000n,
};

export function testRow(run: Partial<RunRow["run"]> = {}, signals?: RunRow["signals"]): RunRow {
  return { run: { ...RUN, ...run }, signals };
}

export function testSignal(signal: Partial<ListedSignal> = {}): ListedSignal {
  return {
    failure_type: "TOOL_LOOP",
    severity: "HIGH",
    base_severity: "HIGH",
    confidence: 0.9,
    shadow: false,
    title: "web_search was called 4 times",
    evidence: {},
    provisional: false,
    origin: "recorded",
    differs: undefined,
    ...signal,
  };
}
