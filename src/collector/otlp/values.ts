import { isRecord } from "../../core/wire/record";
import type { Attributes, AttributeValue } from "./span";

/** Values within values deeper than this are dropped: no sender needs it, and a hostile one may nest without end. */
export const MAX_DEPTH = 16;

export const NO_ATTRIBUTES: Attributes = new Map();

/** Elements of a list, none when it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text of at most the characters OTLP senders use; "" when it is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/**
 * A 64-bit number: protobuf decodes it to a number or to an object of two halves, JSON sends it as text or as a number.
 * Beyond 2^53 it is the nearest double.
 */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d{1,20}$/.test(value)) return Number(value);
  if (!isRecord(value) || typeof value.low !== "number" || typeof value.high !== "number") return undefined;
  const high = value.unsigned === true ? value.high >>> 0 : value.high;
  return high * 4_294_967_296 + (value.low >>> 0);
}

/** Attributes of a list of KeyValue; what is no such pair is left out. */
export function attributesOf(list: unknown, depth = 0): Attributes {
  const pairs = listOf(list);
  if (pairs.length === 0) return NO_ATTRIBUTES;
  const attributes = new Map<string, AttributeValue>();
  for (const pair of pairs) {
    if (!isRecord(pair) || typeof pair.key !== "string" || pair.key === "") continue;
    attributes.set(pair.key, anyValueOf(pair.value, depth));
  }
  return attributes;
}

function anyValueOf(value: unknown, depth: number): AttributeValue {
  if (!isRecord(value) || depth > MAX_DEPTH) return null;
  if (Object.hasOwn(value, "stringValue")) return textOf(value.stringValue);
  if (Object.hasOwn(value, "intValue")) return numberOf(value.intValue) ?? null;
  if (Object.hasOwn(value, "doubleValue")) return finite(value.doubleValue);
  if (Object.hasOwn(value, "boolValue")) return value.boolValue === true;
  if (Object.hasOwn(value, "arrayValue") && isRecord(value.arrayValue)) {
    return listOf(value.arrayValue.values).map((item) => anyValueOf(item, depth + 1));
  }
  if (Object.hasOwn(value, "kvlistValue") && isRecord(value.kvlistValue)) {
    return Object.fromEntries(attributesOf(value.kvlistValue.values, depth + 1));
  }
  if (Object.hasOwn(value, "bytesValue")) return textOf(value.bytesValue);
  return null;
}

/** NaN and the infinities are unknown. */
export function finite(value: unknown): number | null {
  // JSON has none of them; senders write null or the words of protobuf's JSON.
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
