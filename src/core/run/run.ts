import type { RunEvidence } from "../facts/evidence";
import type { FactName, Facts } from "../facts/facts";
import type { Payloads, RecordedVerdict } from "../wire/events";
import type { Line, Micros, UnknownLine } from "../wire/line";
import type { CaptureMode, ExitReason, FailureType } from "../wire/terms";

/** `running`: no terminal event, but the last event is recent. `stalled`: no terminal event for too long, or the file ended. */
export type RunStatus = "completed" | "errored" | "stalled" | "running";

export type StepKind = "llm" | "tool" | "retrieval";

/** A call and its answer. */
export interface Step {
  readonly kind: StepKind;
  /** Model, tool or index; undefined when no line names it. */
  readonly name: string | undefined;
  readonly step_index: number;
  readonly turn: number;
  readonly start: Micros;
  /** The answer's time; of a call never answered the time it lasted until. */
  readonly end: Micros;
  readonly answered: boolean;
  /** latency_ms of the line, else the time between call and answer, ms. */
  readonly duration_ms: number;
  /** True when the answer says so: success=false, finish_reason error, or an error_hash. */
  readonly failed: boolean;
  readonly call: Payloads["llm.called"] | Payloads["tool.called"] | Payloads["retrieval.called"] | undefined;
  readonly answer: Payloads["llm.responded"] | Payloads["tool.responded"] | Payloads["retrieval.responded"] | undefined;
  /** Waits for a person, so it is no slow step. */
  readonly human: boolean;
}

/** Three or more actions of one name within five: outlined in the timeline. */
export interface LoopCluster {
  readonly name: string;
  readonly kind: "tool" | "retrieval";
  readonly count: number;
  readonly first_step: number;
  readonly last_step: number;
  readonly start: Micros;
  readonly end: Micros;
}

/** A stretch in which no call was open. */
export interface Gap {
  readonly after_step: number;
  readonly start: Micros;
  readonly end: Micros;
  readonly ms: number;
  /** A wait for the user rather than for the agent. */
  readonly user: boolean;
}

/** What the producer wrote on the terminal line. */
export interface RecordedEnd {
  readonly facts: Payloads["run.completed"]["facts"];
  readonly facts_v: number | undefined;
  readonly rules: string | undefined;
  readonly baseline: Readonly<Record<string, number>> | undefined;
  readonly signals: Readonly<Partial<Record<FailureType, RecordedVerdict>>> | undefined;
  readonly dropped_events: number | undefined;
}

/** One run, rebuilt from its lines. Everything here can be recomputed from them. */
export interface Run {
  readonly run_id: string;
  readonly agent_id: string;
  readonly agent_version: string | undefined;
  readonly parent_run_id: string | undefined;
  readonly session_id: string | undefined;
  readonly user_hash: string | undefined;
  readonly trace_id: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly status: RunStatus;
  /** `completed` or `error` when the terminal event does not say; undefined without one. */
  readonly exit_reason: ExitReason | undefined;
  readonly ended: "run.completed" | "run.errored" | undefined;
  readonly started_at: Micros;
  readonly ended_at: Micros;
  readonly model: string | undefined;
  readonly kind: string | undefined;
  readonly source: string | undefined;
  readonly capture: CaptureMode | undefined;
  readonly facts: Facts;
  /** Facts of the terminal line that differ from the rebuilt ones. */
  readonly facts_differ: readonly FactName[];
  readonly evidence: RunEvidence;
  readonly recorded: RecordedEnd | undefined;
  readonly steps: readonly Step[];
  readonly loops: readonly LoopCluster[];
  readonly gaps: readonly Gap[];
  /** All lines of the run in order, unknown event types too. */
  readonly lines: readonly (Line | UnknownLine)[];
  /** Numbers missing in seq: lines were lost. */
  readonly missing_lines: number;
  /** Some line carried raw content though capture was not full. */
  readonly raw_content: boolean;
}
