import { CUTS, copyPayload } from "./cut";
import { EVENT_TYPES, type EventType, type Payloads } from "./events";
import { DEFAULT_LINE_LIMIT, LOGGER, MAX_LINE_LIMIT, type Micros, SCHEMA_VERSION } from "./line";
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

const SCHEMA = `,"schema":${SCHEMA_VERSION}`;

/** From the end of `ts` to the event type, ready-made by level and event type. */
const HEADS: Readonly<Record<Level, ReadonlyMap<string, string>>> = {
  info: headsOf("info"),
  warn: headsOf("warn"),
  error: headsOf("error"),
  critical: headsOf("critical"),
};

function headsOf(level: Level): ReadonlyMap<string, string> {
  return new Map(EVENT_TYPES.map((type) => [type, `","level":"${level}","logger":"${LOGGER}","event_type":"${type}"`]));
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
  /** From the end of the payload to the value of `seq`, and without one. */
  readonly #version: string;
  readonly #versionAndSeq: string;
  readonly #relations: string;
  readonly #tags: string;
  /** Everything after `seq` of a line written in time. */
  readonly #end: string;
  readonly #limit: number;

  /** @param limit bytes of a line with its newline; kept within 1,024 and 65,536. */
  constructor(head: RunHead, limit: number = DEFAULT_LINE_LIMIT) {
    this.#identity = `,"agent_id":${quote(head.agent_id)},"run_id":${quote(cutName(head.run_id))},"step_index":`;
    this.#version = named("agent_version", head.agent_version);
    this.#versionAndSeq = `${this.#version},"seq":`;
    this.#relations =
      named("parent_run_id", head.parent_run_id) +
      named("session_id", head.session_id) +
      named("user_hash", head.user_hash) +
      named("trace_id", head.trace_id);
    this.#tags = encodeTags(head.tags);
    this.#end = `${SCHEMA}${this.#relations}${this.#tags}}\n`;
    this.#limit = Math.min(Math.max(limit, 1024), MAX_LINE_LIMIT);
  }

  /**
   * The parts that the lines of the run share, for writers that make lines as bytes: from the event type to the value of
   * `step_index`, from the payload to the value of `seq`, and from there to the newline of a line that is written in time
   * and outside of spans.
   */
  get frame(): { readonly identity: string; readonly version: string; readonly end: string } {
    return { identity: this.#identity, version: this.#versionAndSeq, end: this.#end };
  }

  /** The line of one event, its newline included. */
  encode<T extends EventType>(event: OutgoingEvent<T>): string {
    const payload = encodePayload(event.event_type, event.payload);
    const isPlain = event.time === event.written && event.span_id === undefined && event.parent_span_id === undefined;
    const line = this.#start(event, payload) + (isPlain ? this.#end : this.#longEnd(event, this.#tags));
    // Three bytes per UTF-16 code unit at most: most lines need no counting.
    if (line.length * 3 <= this.#limit || utf8Length(line) <= this.#limit) return line;
    return this.#cut(event);
  }

  /** Up to and with `seq`. As few pieces as possible: joining them is what writing a line costs. */
  #start<T extends EventType>(event: OutgoingEvent<T>, payload: string): string {
    const start = `{"ts":"${formatMicros(event.written)}${HEADS[event.level].get(event.event_type)}${this.#identity}${event.step_index},"payload":${payload}`;
    return event.seq === undefined ? start + this.#version : start + this.#versionAndSeq + event.seq;
  }

  #longEnd<T extends EventType>(event: OutgoingEvent<T>, tags: string): string {
    let end = SCHEMA;
    if (event.time !== event.written) end += `,"event_ts":"${formatMicros(event.time)}"`;
    return `${end}${this.#relations}${named("span_id", event.span_id)}${named("parent_span_id", event.parent_span_id)}${tags}}\n`;
  }

  #cut<T extends EventType>(event: OutgoingEvent<T>): string {
    const payload = copyPayload(event.payload);
    let tags = this.#tags;
    let line = "";
    for (const cut of CUTS) {
      if (cut === "tags") tags = "";
      else cut(payload, event.event_type);
      const start = this.#start(event, encodePayload(event.event_type, payload));
      line = start + this.#longEnd(event, `${tags},"truncated":true`);
      if (utf8Length(line) <= this.#limit) return line;
    }
    return line;
  }
}
