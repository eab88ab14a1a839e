import type { Run } from "../../core/run";
import {
  FAILURE_TYPES,
  type FailureType,
  type Line,
  type LineOf,
  type Micros,
  type RecordedVerdict,
  severityRank,
} from "../../core/wire";
import type { Nanos } from "../api";
import type { ReadEntry } from "./pageLogs";

export type StartLine = LineOf<"run.started">;
export type EndLine = LineOf<"run.completed"> | LineOf<"run.errored">;

/** The producer's final verdict on one failure type. */
export interface RecordedSignal extends Readonly<RecordedVerdict> {
  readonly failure_type: FailureType;
}

/** What a summary has in common with the run rebuilt from all its events. */
type SharedWithRun =
  | "run_id"
  | "agent_id"
  | "agent_version"
  | "parent_run_id"
  | "session_id"
  | "user_hash"
  | "trace_id"
  | "tags"
  | "status"
  | "ended"
  | "exit_reason"
  | "started_at"
  | "model"
  | "kind"
  | "source"
  | "capture";

/**
 * One run as its terminal line tells it, or its start line while it is open. `started_at` is that of the start line where
 * it was read, else the end less the duration, to the ms; `model`, `kind`, `source` and `capture` stand on the start line.
 */
export interface RunSummary extends Pick<Run, SharedWithRun> {
  readonly error_type: string | undefined;
  /** Undefined of an open run. */
  readonly ended_at: Micros | undefined;
  readonly duration_ms: number | undefined;
  readonly steps: number | undefined;
  /** Undefined of open runs and of producers that write none. */
  readonly facts: EndLine["payload"]["facts"];
  readonly facts_v: number | undefined;
  readonly rules: string | undefined;
  readonly baseline: Readonly<Record<string, number>> | undefined;
  /** Worst first; undefined where nothing was recorded, [] where nothing was found. */
  readonly signals: readonly RecordedSignal[] | undefined;
  readonly dropped_events: number | undefined;
  /** Its place in lists: when it ended, or started while it is open, as Loki counts. */
  readonly at: Nanos;
}

/** The start and end of a run among the lines read so far. */
export interface RunEnds {
  readonly start?: { readonly line: StartLine; readonly ts: Nanos } | undefined;
  readonly end?: { readonly line: EndLine; readonly ts: Nanos } | undefined;
}

export function lineOf({ parsed }: ReadEntry): Line | undefined {
  return parsed.ok && !("unknown" in parsed.line) ? parsed.line : undefined;
}

export function isEnd(line: Line): line is EndLine {
  return line.event_type === "run.completed" || line.event_type === "run.errored";
}

export function isStart(line: Line): line is StartLine {
  return line.event_type === "run.started";
}

/** Of two terminal lines the later counts: by seq, else by time. */
export function laterEnd<T extends { readonly line: EndLine }>(a: T | undefined, b: T): T {
  if (a === undefined) return b;
  const order = (b.line.seq ?? 0) - (a.line.seq ?? 0);
  return (order === 0 ? b.line.time - a.line.time : order) >= 0 ? b : a;
}

/** What the terminal line recorded, worst first, of equal severity in the order of FAILURE_TYPES. */
export function recordedSignals(line: EndLine): RecordedSignal[] | undefined {
  const { signals } = line.payload;
  if (signals === undefined) return undefined;
  const found = FAILURE_TYPES.flatMap((failure_type): RecordedSignal[] => {
    const verdict = signals[failure_type];
    return verdict === undefined ? [] : [{ failure_type, ...verdict }];
  });
  return found.sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}

/**
 * Sums up a run.
 *
 * @param openStatus what it is when it has no end
 * @returns undefined when neither start nor end is there
 */
export function summarise({ start, end }: RunEnds, openStatus: "running" | "stalled"): RunSummary | undefined {
  const line = end?.line ?? start?.line;
  const at = end?.ts ?? start?.ts;
  if (line === undefined || at === undefined) return undefined;
  const { run_id, agent_id, agent_version, parent_run_id, session_id, user_hash, trace_id, tags } = line;
  const begun = start?.line.payload;
  return {
    run_id,
    agent_id,
    agent_version: agent_version ?? start?.line.agent_version,
    parent_run_id: parent_run_id ?? start?.line.parent_run_id,
    session_id: session_id ?? start?.line.session_id,
    user_hash: user_hash ?? start?.line.user_hash,
    trace_id: trace_id ?? start?.line.trace_id,
    tags: tags ?? start?.line.tags,
    ...endOf(end?.line, openStatus),
    started_at: startedAt(start?.line, line, end?.line),
    model: begun?.model,
    kind: begun?.kind,
    source: begun?.source,
    capture: begun?.capture,
    at,
  };
}

function startedAt(start: StartLine | undefined, line: Line, end: EndLine | undefined): Micros {
  if (start !== undefined) return start.time;
  const duration = end?.payload.facts?.duration_ms ?? end?.payload.duration_ms ?? 0;
  return line.time - duration * 1000;
}

type Ending = Pick<
  RunSummary,
  | "status"
  | "ended"
  | "exit_reason"
  | "error_type"
  | "ended_at"
  | "duration_ms"
  | "steps"
  | "facts"
  | "facts_v"
  | "rules"
  | "baseline"
  | "signals"
  | "dropped_events"
>;

function endOf(end: EndLine | undefined, openStatus: "running" | "stalled"): Ending {
  const errored = end?.event_type === "run.errored";
  const { facts, facts_v, rules, baseline, dropped_events, exit_reason, duration_ms, total_steps } = end?.payload ?? {};
  return {
    status: end === undefined ? openStatus : errored ? "errored" : "completed",
    ended: end?.event_type,
    exit_reason: end === undefined ? undefined : (exit_reason ?? (errored ? "error" : "completed")),
    error_type: end?.event_type === "run.errored" ? end.payload.error_type : undefined,
    ended_at: end?.time,
    duration_ms: facts?.duration_ms ?? duration_ms,
    steps: facts?.steps ?? total_steps ?? end?.step_index,
    facts,
    facts_v,
    rules,
    baseline,
    signals: end && recordedSignals(end),
    dropped_events,
  };
}
