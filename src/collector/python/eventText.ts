import { agentIdOf, formatMicros, LOGGER, type Micros } from "../../core/wire";
import { writtenAt } from "../trace/runLines";
import type { SentEvent } from "./envelope";

/** Makes lines of events, as the Python package would print them: without `schema`, so that they are read as its own. */
export class EventTexts {
  readonly #clock: () => Micros;
  #written: Micros = 0;

  constructor(clock: () => Micros) {
    this.#clock = clock;
  }

  /** @returns undefined where the time is none */
  textOf(event: SentEvent): string | undefined {
    const now = this.#clock();
    const time = event.timestamp === undefined ? now : Math.floor(event.timestamp * 1_000_000 + 0.5);
    if (!Number.isSafeInteger(time)) return undefined;
    const { event_type, run_id, agent_version, step_index, payload, parent_run_id, trace_id } = event;
    return JSON.stringify({
      ts: formatMicros(this.#writtenAt(time, now)),
      level: "info",
      logger: LOGGER,
      event_type,
      agent_id: agentIdOf(event.agent_id),
      run_id,
      step_index,
      payload,
      agent_version,
      event_ts: writtenAt(time, now) === time ? undefined : formatMicros(time),
      parent_run_id,
      session_id: event.conversation_id,
      trace_id,
    });
  }

  /** Old events come many at once: their times of writing must rise all the same. */
  #writtenAt(time: Micros, now: Micros): Micros {
    if (writtenAt(time, now) === time) return time;
    this.#written = Math.max(now, this.#written + 1);
    return this.#written;
  }
}
