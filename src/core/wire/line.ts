import type { EventType, Payloads } from "./events";
import { type Infer, integer, json, oneOf, optional, string } from "./fields";
import { LEVELS } from "./terms";

/** The wire schema this package writes; readers accept it and lines without the key. */
export const SCHEMA_VERSION = 1;
export const LOGGER = "dunetrace";

/** Container runtimes split lines at 16 KiB, so this is the default limit of a line, in bytes with its newline. */
export const DEFAULT_LINE_LIMIT = 16_000;
/** No line may be longer, whatever the setting. */
export const MAX_LINE_LIMIT = 65_536;
/** Free strings (names, models, ids) are cut to this many UTF-16 code units when written. */
export const MAX_NAME_LENGTH = 256;

/** Microseconds since the Unix epoch, a whole number below 2^53. */
export type Micros = number;

/** The keys around the payload, in wire order. */
export const ENVELOPE_FIELDS = {
  ts: string("RFC 3339 UTC with microseconds: the event's time, or that of writing"),
  level: oneOf(LEVELS, "info, warn, error or critical"),
  logger: oneOf([LOGGER] as const, "always dunetrace"),
  event_type: string("which event"),
  agent_id: string("Loki label; [A-Za-z0-9_.:-]{1,128}"),
  run_id: string('UUID v4 unless the caller gave one, "" outside a run'),
  step_index: integer("step of the event"),
  payload: json("per event"),
  agent_version: optional(string("8 hex of prompt, model and tools, or the version option")),
  seq: optional(integer("0, 1, 2 … per run")),
  schema: optional(integer("1")),
  event_ts: optional(string("the event's time, only where ts is the time of writing")),
  parent_run_id: optional(string("the run this one is nested in")),
  session_id: optional(string("conversation or thread")),
  user_hash: optional(string("hash of the user's id")),
  trace_id: optional(string("W3C trace id")),
  span_id: optional(string("W3C span id")),
  parent_span_id: optional(string("W3C span id of the parent")),
  tags: optional(json<Record<string, string>>("allow-listed keys; environment is always allowed")),
  truncated: optional(json<true>("true when something had to be cut to fit the limit")),
} as const;

type Envelope = Omit<Infer<typeof ENVELOPE_FIELDS>, "event_type" | "payload" | "logger" | "level" | "ts" | "event_ts">;

/** What the reader adds to a line. */
interface ReadLine extends Envelope {
  /** The event's time: `event_ts` where there is one, else `ts`. */
  time: Micros;
  /** The `ts` of the line, where that is another time: the time of writing. */
  written?: Micros | undefined;
  /** Pairs call and answer on lines of Python 0.4 and later. */
  call_id?: string | undefined;
  /** Digest of the whole line where it has no `seq`: recognises a repeated line. */
  digest?: number | undefined;
  /** The line carried raw content when it was read; on lines without `schema` it has been reduced to hashes. */
  raw?: true | undefined;
}

/** One event of a run as it was read or is about to be written: times parsed, the rest as on the wire. */
export interface LineOf<T extends EventType> extends ReadLine {
  event_type: T;
  payload: Payloads[T];
}

/** A line of any known event type, discriminated by `event_type`. */
export type Line = { [T in EventType]: LineOf<T> }[EventType];

/** A well-formed line of a type this version does not know: kept in the event log, ignored by detectors. */
export interface UnknownLine extends ReadLine {
  event_type: string;
  payload: Record<string, unknown>;
  unknown: true;
}
