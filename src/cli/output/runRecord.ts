import type { Signal } from "../../core/detectors";
import type { FactName, Facts } from "../../core/facts/facts";
import type { JudgedRun } from "../../core/judging";
import type { RunStatus } from "../../core/run";
import { type ExitReason, type FailureType, formatMicros } from "../../core/wire";

/** A signal as programs read it. */
export type SignalRecord = Pick<
  Signal,
  "failure_type" | "severity" | "base_severity" | "confidence" | "shadow" | "title" | "evidence" | "step_index"
>;

/** A run as programs read it: one line of `dunetrace runs --format ndjson`. */
export interface RunRecord {
  readonly run_id: string;
  readonly agent_id: string;
  /** null when no line states one. */
  readonly agent_version: string | null;
  readonly parent_run_id?: string;
  readonly status: RunStatus;
  /** null without a terminal line. */
  readonly exit_reason: ExitReason | null;
  /** RFC 3339. */
  readonly started_at: string;
  /** Rebuilt from the events. */
  readonly facts: Facts;
  /** Worst first. */
  readonly signals: readonly SignalRecord[];
  /** Detectors that could not judge the run. */
  readonly no_data: readonly FailureType[];
  /** Facts on the terminal line that differ from the rebuilt ones; absent when none does. */
  readonly facts_differ?: readonly FactName[];
}

export function signalRecord(signal: Signal): SignalRecord {
  const { failure_type, severity, base_severity, confidence, shadow, title, evidence, step_index } = signal;
  const record = { failure_type, severity, base_severity, confidence, shadow, title, evidence };
  return step_index === undefined ? record : { ...record, step_index };
}

export function runRecord({ run, signals, no_data }: JudgedRun): RunRecord {
  return {
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: run.agent_version ?? null,
    ...(run.parent_run_id === undefined ? {} : { parent_run_id: run.parent_run_id }),
    status: run.status,
    exit_reason: run.exit_reason ?? null,
    started_at: formatMicros(run.started_at),
    facts: run.facts,
    signals: signals.map(signalRecord),
    no_data: no_data.map(({ failure_type }) => failure_type),
    ...(run.facts_differ.length === 0 ? {} : { facts_differ: run.facts_differ }),
  };
}
