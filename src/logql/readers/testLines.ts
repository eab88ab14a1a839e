import type { EventType } from "../../core/wire";
import { formatMicros } from "../../core/wire";
import { nanosOf } from "./request";
import type { StoredLine } from "./testLoki";

/** Test support: the time tests begin at, µs. */
export const T0 = 1_795_168_800_000_000;

export interface LineParts {
  readonly run_id: string;
  /** Seconds after T0. */
  readonly at: number;
  readonly agent_id?: string;
  readonly payload?: object;
  readonly seq?: number;
  readonly [key: string]: unknown;
}

/** Test support: a stored line of schema 1. */
export function stored(event_type: EventType, parts: LineParts): StoredLine {
  const { run_id, at, agent_id = "agent", payload = {}, seq, ...rest } = parts;
  const micros = T0 + Math.round(at * 1_000_000);
  const head = { ts: formatMicros(micros), level: "info", logger: "dunetrace", event_type, agent_id, run_id };
  const line = JSON.stringify({
    ...head,
    step_index: 0,
    payload,
    ...(seq === undefined ? {} : { seq }),
    schema: 1,
    ...rest,
  });
  return { ts: nanosOf(micros), line, labels: { agent_id, event_type } };
}

/** Test support: nanoseconds so many seconds after T0. */
export const seconds = (at: number): bigint => nanosOf(T0 + Math.round(at * 1_000_000));

/** Test support: start and end of a run. */
export function runOf(
  run_id: string,
  from: number,
  to: number | undefined,
  more: Partial<LineParts> = {},
): StoredLine[] {
  const start = stored("run.started", { ...more, run_id, at: from, seq: 0, payload: { model: "m", kind: "run" } });
  if (to === undefined) return [start];
  const duration_ms = Math.round((to - from) * 1000);
  const payload = { exit_reason: "final_answer", total_steps: 3, duration_ms, ...more.payload };
  return [start, stored("run.completed", { ...more, run_id, at: to, seq: 9, payload })];
}
