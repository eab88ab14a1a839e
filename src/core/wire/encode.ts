import { CUTS, copyPayload } from "./cut";
import type { EventType, Payloads } from "./events";
import { DEFAULT_LINE_LIMIT, MAX_LINE_LIMIT, type Micros, SCHEMA_VERSION } from "./line";
import { cutName } from "./names";
import { encodePayload } from "./payload";
import { quote, utf8Length } from "./quote";
import type { Level } from "./terms";
import { formatMicros } from "./time";

/** What all lines of one run share. `run_id` is "" for events outside a run. */
export interface RunHead {
  /** Already fit to be a label, see `agentIdOf`. */
  readonly agent_id: string;
  readonly run_id: string;
  readonly agent_version?: string | undefined;
  readonly parent_run_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly user_hash?: string | undefined;
  readonly trace_id?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** One event about to be written. */
export interface OutgoingEvent<T extends EventType = EventType> {
  readonly event_type: T;
  readonly level: Level;
  /** The event's time. */
  readonly time: Micros;
  /** The line's `ts`: the event's time, or the time of writing when the event is too old for Loki. */
  readonly written: Micros;
  readonly step_index: number;
  readonly seq?: number | undefined;
  readonly payload: Payloads[T];
  readonly span_id?: string | undefined;
  readonly parent_span_id?: string | undefined;
}

const named = (key: string, value: string | undefined): string =>
  value === undefined ? "" : `,"${key}":${quote(cutName(value))}`;

function encodeTags(tags: RunHead["tags"]): string {
  if (tags === undefined || Object.keys(tags).length === 0) return "";
  const cut = Object.entries(tags).map(([key, value]) => `${quote(cutName(key))}:${quote(cutName(value))}`);
  return `,"tags":{${cut.join(",")}}`;
}

/**
 * Writes the events of one run as lines: compact JSON, keys in wire order, one newline at the end, at most `limit` bytes.
 *
 * @example
 * const encoder = new RunEncoder({ agent_id: "research", run_id });
 * encoder.encode({ event_type: "tool.called", level: "info", time, written: time, step_index: 1, seq: 1,
 *   payload: { tool_name: "web_search" } });
 */
export class RunEncoder {
  readonly #identity: string;
  readonly #version: string;
  readonly #relations: string;
  readonly #trace: string;
  readonly #tags: string;
  readonly #limit: number;

  /** @param limit bytes of a line with its newline; kept within 1,024 and 65,536. */
  constructor(head: RunHead, limit: number = DEFAULT_LINE_LIMIT) {
    this.#identity = `,"agent_id":${quote(head.agent_id)},"run_id":${quote(cutName(head.run_id))},"step_index":`;
    this.#version = named("agent_version", head.agent_version);
    this.#relations = `${named("parent_run_id", head.parent_run_id)}${named("session_id", head.session_id)}${named("user_hash", head.user_hash)}`;
    this.#trace = named("trace_id", head.trace_id);
    this.#tags = encodeTags(head.tags);
    this.#limit = Math.min(Math.max(limit, 1024), MAX_LINE_LIMIT);
  }

  /** The line of one event, its newline included. */
  encode<T extends EventType>(event: OutgoingEvent<T>): string {
    const line = this.#line(event, encodePayload(event.event_type, event.payload), this.#tags, "");
    // Three bytes per UTF-16 code unit at most: most lines need no counting.
    if (line.length * 3 <= this.#limit || utf8Length(line) <= this.#limit) return line;
    return this.#cut(event);
  }

  #line<T extends EventType>(event: OutgoingEvent<T>, payload: string, tags: string, truncated: string): string {
    const ts = formatMicros(event.written);
    let end = this.#version;
    if (event.seq !== undefined) end += `,"seq":${event.seq}`;
    end += `,"schema":${SCHEMA_VERSION}`;
    if (event.time !== event.written) end += `,"event_ts":"${formatMicros(event.time)}"`;
    end += this.#relations + this.#trace;
    if (event.span_id !== undefined) end += named("span_id", event.span_id);
    if (event.parent_span_id !== undefined) end += named("parent_span_id", event.parent_span_id);
    return `{"ts":"${ts}","level":"${event.level}","logger":"dunetrace","event_type":"${event.event_type}"${this.#identity}${event.step_index},"payload":${payload}${end}${tags}${truncated}}\n`;
  }

  #cut<T extends EventType>(event: OutgoingEvent<T>): string {
    const payload = copyPayload(event.payload);
    let tags = this.#tags;
    let line = "";
    for (const cut of CUTS) {
      if (cut === "tags") tags = "";
      else cut(payload, event.event_type);
      line = this.#line(event, encodePayload(event.event_type, payload), tags, ',"truncated":true');
      if (utf8Length(line) <= this.#limit) return line;
    }
    return line;
  }
}
