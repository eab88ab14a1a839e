import type { Attributes, AttributeValue, Span } from "../otlp/span";
import { ATTRIBUTES, type Meaning } from "./names";

function isMeaning(name: string): name is Meaning {
  return Object.hasOwn(ATTRIBUTES, name);
}

const NAMES: ReadonlyMap<Meaning, readonly string[]> = new Map(
  Object.entries(ATTRIBUTES).flatMap(([meaning, names]) =>
    isMeaning(meaning) ? [[meaning, names.map(([name]) => name)] as const] : [],
  ),
);

/** The names of a meaning, the preferred first. */
export function namesOf(meaning: Meaning): readonly string[] {
  return NAMES.get(meaning) ?? [];
}

/** The first value under a meaning's names that is neither null nor empty text. */
export function valueAt(span: Span, meaning: Meaning): AttributeValue | undefined {
  for (const name of namesOf(meaning)) {
    const value = span.attributes.get(name);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

/** The first text. */
export function nameAt(span: Span, meaning: Meaning): string | undefined {
  return textIn(span.attributes, namesOf(meaning));
}

/** The first text under some names; the words senders write for "none" are none. */
export function textIn(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === "string" && value !== "" && value !== "None" && value !== "null") return value;
  }
  return undefined;
}

/** The first number, also where it was sent as text. NaN, null and negative numbers are unknown. */
export function numberAt(span: Span, meaning: Meaning): number | undefined {
  for (const name of namesOf(meaning)) {
    const value = span.attributes.get(name);
    const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
  }
  return undefined;
}

/** As `numberAt`, for counts: whole, and not below 0. */
export function countAt(span: Span, meaning: Meaning): number | undefined {
  return wholeCount(numberAt(span, meaning));
}

export function wholeCount(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? Math.round(value) : undefined;
}
