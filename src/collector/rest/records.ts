import { visiblePayload } from "../../core/run";
import { formatMicros } from "../../core/wire";
import type { AgentRow } from "../../logql/ask/historyQuestions";
import type { ListedSignal, RunDetails, RunRow, SignalItem } from "../../logql/ask/questions";
import { microsOf } from "../../logql/readers";

/** What is not known is null in everything scripts get: keys are always there. */
const orNull = <T>(value: T | undefined): T | null => value ?? null;
const timeOf = (micros: number | undefined): string | null => (micros === undefined ? null : formatMicros(micros));
const timeOfMs = (ms: number | undefined): string | null =>
  timeOf(ms === undefined ? undefined : Math.round(ms * 1000));

export function signalRecord({ failure_type, severity, confidence, shadow, provisional, title, origin }: ListedSignal) {
  return { failure_type, severity, confidence, shadow, provisional, title, origin };
}

/** What a listed run and one with its events have in common. */
function identityOf(run: RunRow["run"] | RunDetails["run"]) {
  return {
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: orNull(run.agent_version),
    parent_run_id: orNull(run.parent_run_id),
    session_id: orNull(run.session_id),
    status: run.status,
    exit_reason: orNull(run.exit_reason),
    started_at: timeOf(run.started_at),
  };
}

export function runRecord({ run, signals }: RunRow) {
  return {
    ...identityOf(run),
    ended_at: timeOf(run.ended_at),
    duration_ms: orNull(run.duration_ms),
    steps: orNull(run.steps),
    model: orNull(run.model),
    cost_usd: orNull(run.facts?.cost_usd),
    signals: signals === undefined ? null : signals.map(signalRecord),
  };
}

/** One run with its events; raw content is shown only of runs whose producer captured it. */
export function runDetails({ run, signals, no_data, children }: RunDetails) {
  return {
    ...identityOf(run),
    ended_at: run.ended === undefined ? null : timeOf(run.ended_at),
    model: orNull(run.model),
    facts: run.facts,
    signals: signals.map(({ explanation, evidence, ...signal }) => ({
      ...signalRecord({ ...signal, evidence }),
      evidence,
      explanation,
    })),
    no_data,
    children: children.map(({ run: { run_id } }) => run_id),
    missing_lines: run.missing_lines,
    events: run.lines.map((line) => ({
      time: timeOf(line.time),
      event_type: line.event_type,
      step_index: line.step_index,
      payload: visiblePayload(line, run.capture).payload,
    })),
  };
}

export function signalRow(item: SignalItem) {
  return {
    ...signalRecord(item),
    run_id: item.run_id,
    agent_id: item.agent_id,
    agent_version: orNull(item.agent_version),
    phase: item.phase,
    at: timeOfMs(item.at),
    evidence: item.evidence,
  };
}

export function agentRecord(row: AgentRow) {
  return {
    agent_id: row.agent_id,
    started: row.started,
    completed: row.completed,
    failed: row.failed,
    last_run_at: row.last_run_at === undefined ? null : timeOf(microsOf(row.last_run_at)),
    cost_usd: orNull(row.cost_usd),
    average_duration_ms: orNull(row.average_duration_ms),
    signals: row.signals,
  };
}
