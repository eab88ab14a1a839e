import { cutName, isRecord, type Line, levelOf, type UnknownLine } from "../../core/wire";
import { type EventType, isEventType, PAYLOAD_FIELDS } from "../../core/wire/events";
import type { Field } from "../../core/wire/fields";
import { ENVELOPE_FIELDS } from "../../core/wire/line";
import { isRawKey } from "../../core/wire/rawFields";

/** Texts of a payload that are no content: ids and names that the Python package has beside the wire format. */
const PLAIN_KEYS: ReadonlySet<string> = new Set([
  "action",
  "approval_id",
  "call_id",
  "event_id",
  "format",
  "instrumentation_degraded",
  "model",
  "provider",
  "source",
  "tool_name",
  "type",
  "voice_id",
]);

/**
 * Whether a line says nothing but what the wire format has a place for, so that it may go on as it came. Lines of this
 * package's own producers always may: with capture `full` their content was asked for. Whatever else older producers put
 * into a line may be content.
 *
 * @param record the line as it was parsed, nothing changed
 * @param odd fields whose value has the wrong type
 */
export function isFreeOfContent(
  record: Readonly<Record<string, unknown>>,
  odd: readonly string[] | undefined,
): boolean {
  const { schema, event_type, payload } = record;
  if (typeof schema === "number") return true;
  if (odd !== undefined || typeof event_type !== "string" || !isRecord(payload)) return false;
  for (const [key, value] of Object.entries(record)) {
    if (!Object.hasOwn(ENVELOPE_FIELDS, key) && !isHarmless(key, value)) return false;
  }
  const fields = fieldsOf(event_type);
  return Object.entries(payload).every(([key, value]) => isShown(event_type, fields, key, value));
}

/**
 * The line without content: hashes and lengths stand where texts were, unknown keys that could hold a text are gone, and
 * the level is that of the event. Reading it gives what reading the line itself gives.
 *
 * @param line as `parseLine` read it, with a reduction
 */
export function contentFreeText(line: Line | UnknownLine): string {
  const { event_type } = line;
  const fields = fieldsOf(event_type);
  const payload: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(line.payload)) {
    if (value !== undefined && isShown(event_type, fields, key, value)) payload[key] = cut(value);
  }
  const level = "unknown" in line ? "info" : levelOf(line.event_type, line.payload);
  const record: Record<string, unknown> = {};
  for (const key of Object.keys(ENVELOPE_FIELDS)) record[key] = Reflect.get(line, key);
  return wireText({ ...record, level, payload });
}

/** The same line with its keys in wire order and without spaces between them. */
export function wireText(record: Readonly<Record<string, unknown>>): string {
  const { ts, level = "info", logger, event_type, agent_id, run_id, step_index, payload, ...rest } = record;
  return JSON.stringify({ ts, level, logger, event_type, agent_id, run_id, step_index, payload, ...rest });
}

type KnownFields = Readonly<Record<string, Field>>;
const NONE: KnownFields = {};

function fieldsOf(event_type: string): KnownFields {
  return isEventType(event_type) ? known(event_type) : NONE;
}

const known = (event_type: EventType): KnownFields => PAYLOAD_FIELDS[event_type];

function isShown(event_type: string, fields: KnownFields, key: string, value: unknown): boolean {
  if (Object.hasOwn(fields, key)) return fields[key]?.raw !== true;
  // The details of an outside event are written flat by the TypeScript package of Dunetrace itself.
  if (event_type === "external.signal" && typeof value === "string" && !isRawKey(key)) return true;
  return isHarmless(key, value);
}

function isHarmless(key: string, value: unknown): boolean {
  if (typeof value === "string") return value === "" || PLAIN_KEYS.has(key);
  return value === null || typeof value === "number" || typeof value === "boolean";
}

function cut(value: unknown): unknown {
  if (typeof value === "string") return cutName(value);
  return Array.isArray(value) ? value.map(cut) : value;
}
