import { agentVersion } from "../../core/hashing";
import { type EventType, type Level, levelOf, type Micros, type Payloads, RunEncoder } from "../../core/wire";
import { sha256Hex } from "../../sdk/hashing";
import type { TracedRun } from "./run";

/** Older events are written with the time of writing: Loki refuses lines more than an hour behind their stream. */
const OLD_AFTER: Micros = 45 * 60 * 1_000_000;
/** So are those of a clock further ahead: Loki refuses lines more than ten minutes in the future. */
const AHEAD_AFTER: Micros = 5 * 60 * 1_000_000;

export interface LineOptions {
  /** Takes a line, its newline included. @returns false when it was lost */
  readonly write: (line: string, level: Level) => boolean;
  /** The time of writing, µs since the Unix epoch. */
  readonly clock: () => Micros;
  readonly maxLineBytes?: number | undefined;
}

/** The `ts` of a line: the event's time where Loki takes it, else the time of writing. */
export function writtenAt(time: Micros, now: Micros): Micros {
  return now - time < OLD_AFTER && time - now < AHEAD_AFTER ? time : now;
}

/** Writes the lines of one run, with times that rise strictly within it. */
export class RunLines {
  readonly version: string;
  /** Lines the output did not take. */
  lost = 0;
  readonly #options: LineOptions;
  readonly #encoder: RunEncoder;
  readonly #now: Micros;
  #seq = 0;
  #time: Micros = 0;
  #written: Micros = 0;

  constructor(run: TracedRun, options: LineOptions) {
    this.#options = options;
    this.#now = options.clock();
    this.version = run.version ?? agentVersion({ model: run.model, tools: run.tools }, sha256Hex);
    const head = {
      agent_id: run.agentId,
      run_id: run.runId,
      agent_version: this.version,
      session_id: run.session,
      user_hash: run.user,
      trace_id: run.traceId,
      tags: run.environment === undefined ? undefined : { environment: run.environment },
    };
    this.#encoder = new RunEncoder(head, options.maxLineBytes);
  }

  /** Gives the next line its times. @returns that of its event: the one wanted, or later where times must rise */
  stamp(wanted: Micros): Micros {
    this.#time = Math.max(wanted, this.#time + 1);
    this.#written = Math.max(writtenAt(this.#time, this.#now), this.#written + 1);
    return this.#time;
  }

  /** Writes the line stamped last. */
  write<T extends EventType>(
    event_type: T,
    payload: Payloads[T],
    step_index: number,
    ids: { readonly span_id?: string | undefined; readonly parent_span_id?: string | undefined } = {},
  ): void {
    const level = levelOf(event_type, payload);
    const line = this.#encoder.encode({
      event_type,
      level,
      time: this.#time,
      written: this.#written,
      step_index,
      seq: this.#seq++,
      payload,
      span_id: ids.span_id,
      parent_span_id: ids.parent_span_id,
    });
    if (!this.#options.write(line, level)) this.lost++;
  }
}
