import { EVENT_TYPES, type EventType, PAYLOAD_FIELDS } from "./events";
import type { Field, Fields } from "./fields";
import { normaliseFinishReason } from "./finishReason";
import { isContent, isRawKey } from "./rawFields";
import { isRecord } from "./record";

/** What the check of a payload found. */
export interface PayloadCheck {
  /** Names of fields whose value had the wrong type: they count as unknown. */
  odd: string[] | undefined;
  /** The required field that is missing or of the wrong type. */
  missing: string | undefined;
  /** Keys that are not in the table. */
  unknownKeys: string[] | undefined;
  /** A key that carries raw content has a value. */
  raw: boolean;
}

/** The fields of one event's payload, ready for checking. */
export interface PayloadTable extends Table {
  /** The event type as a constant: comparing with it is cheaper than with text that was just read. */
  readonly event_type: EventType;
}

interface Table {
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly string[];
}

function tableOf(fields: Fields): Table {
  const entries = Object.entries(fields);
  return { fields: new Map(entries), required: entries.filter(([, field]) => !field.optional).map(([name]) => name) };
}

const TABLES: ReadonlyMap<string, PayloadTable> = new Map(
  EVENT_TYPES.map((event_type) => [event_type, { event_type, ...tableOf(PAYLOAD_FIELDS[event_type]) }]),
);

/** The table of an event type, undefined for a type this version does not know. */
export function payloadTable(event_type: string): PayloadTable | undefined {
  return TABLES.get(event_type);
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

/** The value as the field wants it, or undefined when it has the wrong type. Counts and times below 0 are no such value. */
function accept(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case "string":
      if (typeof value !== "string") return undefined;
      return field.values === undefined || field.values.includes(value) ? value : undefined;
    case "integer":
      if (typeof value !== "number" || !(value >= 0) || value > Number.MAX_SAFE_INTEGER) return undefined;
      return Number.isInteger(value) ? value : Math.floor(value + 0.5);
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    case "nullableNumber":
      return value === null || (typeof value === "number" && Number.isFinite(value)) ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
    case "scalars":
      return isRecord(value) && Object.values(value).every(isScalar) ? value : undefined;
    case "object":
      return isRecord(value) && (field.fields === undefined || !lacksKey(field.fields, value)) ? value : undefined;
    case "json":
      return value;
  }
}

const NOTHING: PayloadCheck = { odd: undefined, missing: undefined, unknownKeys: undefined, raw: false };

function checkTable(table: Table, record: Record<string, unknown>): PayloadCheck {
  let found: PayloadCheck | undefined;
  for (const key in record) {
    const value = record[key];
    const field = table.fields.get(key);
    if (field === undefined) {
      found = unknownKey(found, key, value);
    } else if (value === null && field.kind !== "nullableNumber" && field.kind !== "json") {
      record[key] = undefined;
    } else if (key === "finish_reason" && typeof value === "string") {
      record[key] = normaliseFinishReason(value);
    } else {
      const accepted = accept(field, value);
      if (accepted !== value) record[key] = accepted;
      if (accepted === undefined && value !== undefined) found = oddKey(found, key);
      if (field.raw === true && isContent(value)) found = { ...(found ?? NOTHING), raw: true };
    }
  }
  for (const key of table.required) {
    if (record[key] === undefined) return { ...(found ?? NOTHING), missing: key };
  }
  return found ?? NOTHING;
}

function unknownKey(found: PayloadCheck = NOTHING, key: string, value: unknown): PayloadCheck {
  const raw = found.raw || (isRawKey(key) && isContent(value));
  return { ...found, raw, unknownKeys: [...(found.unknownKeys ?? []), key] };
}

function oddKey(found: PayloadCheck = NOTHING, key: string): PayloadCheck {
  return { ...found, odd: [...(found.odd ?? []), key] };
}

const NESTED = new Map<Fields, Table>();

/** Checks a nested object in place; true when a required key is missing. Unknown keys in it stay and mean nothing. */
function lacksKey(fields: Fields, value: Record<string, unknown>): boolean {
  let table = NESTED.get(fields);
  if (table === undefined) {
    table = tableOf(fields);
    NESTED.set(fields, table);
  }
  return checkTable(table, value).missing !== undefined;
}

/**
 * Checks a payload against the table of its event, in place: null counts as absent, a value of the wrong type becomes
 * unknown and is named, a fraction where a whole number is due is rounded half up.
 */
export function checkPayload(table: PayloadTable, payload: Record<string, unknown>): PayloadCheck {
  return checkTable(table, payload);
}
