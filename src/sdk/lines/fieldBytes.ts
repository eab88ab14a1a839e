import { cutName, type EventType } from "../../core/wire";
import { PAYLOAD_FIELDS } from "../../core/wire/events";
import type { Field, Fields } from "../../core/wire/fields";
import { quote } from "../../core/wire/quote";
import { isRecord } from "../../core/wire/record";
import { ascii, type ByteWriter } from "./byteWriter";

const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const TRUE = ascii("true");
const FALSE = ascii("false");
const NULL = ascii("null");

/** Writes one value; false when it has to be left to the general encoder. */
type Put = (to: ByteWriter, value: unknown) => boolean;

interface Key {
  readonly name: string;
  /** `,"name":` */
  readonly label: Uint8Array;
  /** Whether a value goes on the line at all; one of the wrong type does not. */
  readonly isWritten: (value: unknown) => boolean;
  readonly put: Put;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);
const isNullable = (value: unknown): boolean => value === null || isNumber(value);
const isBoolean = (value: unknown): boolean => typeof value === "boolean";
const isScalar = (value: unknown): boolean => isText(value) || isNullable(value) || isBoolean(value);

/** A name, cut to its limit; any text has an answer. */
function putName(to: ByteWriter, text: string): boolean {
  const name = cutName(text);
  return to.quoted(name) || to.text(quote(name));
}

const putScalar: Put = (to, value) => {
  if (typeof value === "string") return putName(to, value);
  if (typeof value === "number") to.number(value);
  else to.copy(value === null ? NULL : value === true ? TRUE : FALSE);
  return true;
};

const putJson: Put = (to, value) => {
  const text: string | undefined = JSON.stringify(value);
  return text !== undefined && to.text(text);
};

const putStrings: Put = (to, value) => {
  if (!Array.isArray(value)) return false;
  to.byte(OPEN_LIST);
  for (let at = 0; at < value.length; at++) {
    if (at > 0) to.byte(COMMA);
    const item: unknown = value[at];
    if (!to.hasRoom() || !putName(to, typeof item === "string" ? item : "")) return false;
  }
  to.byte(CLOSE_LIST);
  return true;
};

const putScalars: Put = (to, value) => {
  if (!isRecord(value)) return false;
  const start = to.at;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (!isScalar(item)) continue;
    to.byte(COMMA);
    if (!to.hasRoom() || !putName(to, key)) return false;
    to.byte(COLON);
    if (!to.hasRoom() || !putScalar(to, item)) return false;
  }
  closeObject(to, start);
  return true;
};

function keyOf(name: string, field: Field): Key {
  const key = (isWritten: Key["isWritten"], put: Put): Key => ({ name, label: ascii(`,"${name}":`), isWritten, put });
  // Raw content can be of any length.
  if (field.raw === true) return key(isText, () => false);
  switch (field.kind) {
    case "string":
      return key(isText, putScalar);
    case "integer":
    case "number":
      return key(isNumber, putScalar);
    case "nullableNumber":
      return key(isNullable, putScalar);
    case "boolean":
      return key(isBoolean, putScalar);
    case "strings":
      return key(Array.isArray, putStrings);
    case "scalars":
      return key(isRecord, putScalars);
    case "object": {
      const keys = keysOf(field.fields ?? {});
      return key(isRecord, (to, value) => isRecord(value) && putKeys(to, keys, value));
    }
    case "json":
      return key(() => true, putJson);
  }
}

function keysOf(fields: Fields): readonly Key[] {
  return Object.entries(fields).map(([name, field]) => keyOf(name, field));
}

/** Every key came with a comma before it; that of the first becomes the brace. */
export function closeObject(to: ByteWriter, start: number): void {
  if (to.at === start) to.byte(OPEN);
  else to.bytes[start] = OPEN;
  to.byte(CLOSE);
}

function putKeys(to: ByteWriter, keys: readonly Key[], source: Readonly<Record<string, unknown>>): boolean {
  const start = to.at;
  for (const { name, label, isWritten, put } of keys) {
    const value = source[name];
    if (value === undefined || !isWritten(value)) continue;
    if (!to.hasRoom()) return false;
    to.copy(label);
    if (!put(to, value)) return false;
  }
  closeObject(to, start);
  return true;
}

const KEYS: ReadonlyMap<string, readonly Key[]> = new Map(
  Object.entries(PAYLOAD_FIELDS).map(([type, fields]) => [type, keysOf(fields)]),
);

/** Writes the payload of any event, keys in wire order; false when it is left to the general encoder. */
export function putFields(to: ByteWriter, type: EventType, payload: Readonly<Record<string, unknown>>): boolean {
  const keys = KEYS.get(type);
  return keys !== undefined && putKeys(to, keys, payload);
}
