import { type EventType, PAYLOAD_FIELDS, type Payloads } from "./events";
import type { Field, Fields } from "./fields";
import { cutName } from "./names";
import { quote } from "./quote";
import { isRecord } from "./record";

type Writer = (value: unknown) => string | undefined;

interface Key {
  readonly name: string;
  /** `"name":` */
  readonly label: string;
  readonly write: Writer;
}

const writeName: Writer = (value) => (typeof value === "string" ? quote(cutName(value)) : undefined);
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

function writerOf(field: Field): Writer {
  if (field.raw === true) return writeRaw;
  switch (field.kind) {
    case "string":
      return writeName;
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
  return Object.entries(fields).map(([name, field]) => ({ name, label: `${quote(name)}:`, write: writerOf(field) }));
}

function writeKeys(keys: readonly Key[], source: Readonly<Record<string, unknown>>): string {
  let out = "{";
  let separator = "";
  for (const key of keys) {
    const value = source[key.name];
    if (value === undefined) continue;
    const text = key.write(value);
    if (text === undefined) continue;
    out += separator + key.label + text;
    separator = ",";
  }
  return `${out}}`;
}

const KEYS = new Map<string, readonly Key[]>(
  Object.entries(PAYLOAD_FIELDS).map(([type, fields]) => [type, keysOf(fields)]),
);

/** The payload as compact JSON, keys in wire order, keys without a value left out, names cut to their limit. */
export function encodePayload<T extends EventType>(event_type: T, payload: Payloads[T]): string {
  return writeKeys(KEYS.get(event_type) ?? [], payload);
}
