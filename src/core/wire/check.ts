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
  /** A key that carries raw content has a value. */
  raw: boolean;
}

/** The fields of one event's payload, ready for checking. */
export interface PayloadTable extends Table {
  /** The event type as a constant: comparing with it is cheaper than with text that was just read. */
  readonly event_type: EventType;
}

interface Table {
  /** Names in wire order. */
  readonly names: readonly string[];
  readonly fields: ReadonlyMap<string, Field>;
  /** The same fields, by position in `names`. */
  readonly ordered: readonly Field[];
  readonly required: readonly string[];
}

function tableOf(fields: Fields): Table {
  const names = Object.keys(fields);
  const ordered = Object.values(fields);
  const required = names.filter((_, at) => ordered[at]?.optional === false);
  return { names, fields: new Map(Object.entries(fields)), ordered, required };
}

/** By the length of the event type: looking text that was just read up in a map would mean hashing it first. */
const TABLES: PayloadTable[][] = [];
for (const event_type of EVENT_TYPES) {
  const sameLength = TABLES[event_type.length] ?? [];
  sameLength.push({ event_type, ...tableOf(PAYLOAD_FIELDS[event_type]) });
  TABLES[event_type.length] = sameLength;
}

/** The table of an event type, undefined for a type this version does not know. */
export function payloadTable(event_type: string): PayloadTable | undefined {
  const tables = event_type.length < TABLES.length ? TABLES[event_type.length] : undefined;
  if (tables === undefined) return undefined;
  for (const table of tables) if (table.event_type === event_type) return table;
  return undefined;
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

const NOTHING: PayloadCheck = { odd: undefined, missing: undefined, raw: false };

function checkTable(table: Table, record: Record<string, unknown>): PayloadCheck {
  const { names, ordered } = table;
  let found: PayloadCheck | undefined;
  let next = 0;
  for (const key in record) {
    const value = record[key];
    // Keys mostly come in wire order: then stepping through the names is cheaper than looking each up.
    let at = next;
    while (at < names.length && names[at] !== key) at++;
    let field = ordered[at];
    if (field === undefined) field = table.fields.get(key);
    else next = at + 1;
    if (field === undefined) {
      if (isRawKey(key) && isContent(value)) found = rawKey(found);
    } else if (!isPlainly(field, value)) found = checkField(found, field, key, record);
  }
  for (const key of table.required) {
    if (record[key] === undefined) return { ...(found ?? NOTHING), missing: key };
  }
  return found ?? NOTHING;
}

/** Whether the value is beyond doubt: quickly told for nearly all values, so that the loop over them stays small. */
function isPlainly(field: Field, value: unknown): boolean {
  switch (typeof value) {
    case "number":
      return field.kind === "integer" && value >= 0 && Number.isSafeInteger(value);
    case "string":
      return field.kind === "string" && field.values === undefined && field.raw !== true;
    case "boolean":
      return field.kind === "boolean";
    default:
      return false;
  }
}

function checkField(
  found: PayloadCheck | undefined,
  field: Field,
  key: string,
  record: Record<string, unknown>,
): PayloadCheck | undefined {
  const value = record[key];
  if (value === null && field.kind !== "nullableNumber" && field.kind !== "json") {
    record[key] = undefined;
    return found;
  }
  if (key === "finish_reason" && typeof value === "string") {
    record[key] = normaliseFinishReason(value);
    return found;
  }
  const accepted = accept(field, value);
  if (accepted !== value) record[key] = accepted;
  const checked = accepted === undefined && value !== undefined ? oddKey(found, key) : found;
  return field.raw === true && isContent(value) ? rawKey(checked) : checked;
}

function rawKey(found: PayloadCheck = NOTHING): PayloadCheck {
  return { ...found, raw: true };
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
