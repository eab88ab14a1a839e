import { type EventType, PAYLOAD_FIELDS, type Payloads } from "./events";
import type { Field, Fields } from "./fields";
import { cutName } from "./names";
import { quote, quoteName } from "./quote";
import { isRecord } from "./record";

type Writer = (value: unknown) => string | undefined;

interface Key {
  readonly name: string;
  /** `{"name":`, for the first key that has a value. */
  readonly first: string;
  /** `,"name":`, for those after it. */
  readonly next: string;
  readonly write: Writer;
}

const writeName: Writer = (value) => (typeof value === "string" ? quote(cutName(value)) : undefined);
/** Keys whose values come again and again. */
const REPEATING: ReadonlySet<string> = new Set(["model", "provider", "tool_name", "index_name", "kind", "source"]);
const writeRepeating: Writer = (value) => (typeof value === "string" ? quoteName(cutName(value)) : undefined);
const writeRaw: Writer = (value) => (typeof value === "string" ? quote(value) : undefined);
const writeNumber: Writer = (value) =>
  typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
const writeNullable: Writer = (value) => (value === null ? "null" : writeNumber(value));
const writeBoolean: Writer = (value) => (typeof value === "boolean" ? (value ? "true" : "false") : undefined);
const writeStrings: Writer = (value) =>
  Array.isArray(value)
    ? JSON.stringify(value.map((item) => (typeof item === "string" ? cutName(item) : "")))
    : undefined;
const writeJson: Writer = (value) => (value === undefined ? undefined : JSON.stringify(value));

const writeScalars: Writer = (value) => {
  if (!isRecord(value)) return undefined;
  let out = "{";
  for (const [key, item] of Object.entries(value)) {
    const text =
      typeof item === "string" ? writeName(item) : typeof item === "boolean" ? writeBoolean(item) : writeNullable(item);
    if (text !== undefined) out += `${out === "{" ? "" : ","}${quote(cutName(key))}:${text}`;
  }
  return `${out}}`;
};

function writerOf(field: Field, name: string): Writer {
  if (field.raw === true) return writeRaw;
  switch (field.kind) {
    case "string":
      return field.values !== undefined || REPEATING.has(name) ? writeRepeating : writeName;
    case "integer":
    case "number":
      return writeNumber;
    case "nullableNumber":
      return writeNullable;
    case "boolean":
      return writeBoolean;
    case "strings":
      return writeStrings;
    case "scalars":
      return writeScalars;
    case "object": {
      const keys = keysOf(field.fields ?? {});
      return (value) => (isRecord(value) ? writeKeys(keys, value) : undefined);
    }
    case "json":
      return writeJson;
  }
}

function keysOf(fields: Fields): readonly Key[] {
  return Object.entries(fields).map(([name, field]) => {
    const label = `${quote(name)}:`;
    return { name, first: `{${label}`, next: `,${label}`, write: writerOf(field, name) };
  });
}

function writeKeys(keys: readonly Key[], source: Readonly<Record<string, unknown>>): string {
  let out = "";
  for (const key of keys) {
    const value = source[key.name];
    if (value === undefined) continue;
    const text = key.write(value);
    if (text !== undefined) out += (out === "" ? key.first : key.next) + text;
  }
  return out === "" ? "{}" : `${out}}`;
}

const KEYS = new Map<string, readonly Key[]>(
  Object.entries(PAYLOAD_FIELDS).map(([type, fields]) => [type, keysOf(fields)]),
);

/** The payload as compact JSON, keys in wire order, keys without a value left out, names cut to their limit. */
export function encodePayload<T extends EventType>(event_type: T, payload: Payloads[T]): string {
  return writeKeys(KEYS.get(event_type) ?? [], payload);
}
