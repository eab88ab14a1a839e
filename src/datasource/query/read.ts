import { isRecord } from "../loki/record";

/** Readers of stored values: each gives undefined for what is not of its kind. */
export const read = {
  text: (value: unknown): string | undefined => (typeof value === "string" ? value : undefined),
  /** A text that says something. */
  filled: (value: unknown): string | undefined =>
    typeof value === "string" && value.trim() !== "" ? value : undefined,
  /** A time or count that may have been written as a number. */
  asText: (value: unknown): string | undefined =>
    typeof value === "number" && Number.isFinite(value) ? String(value) : read.filled(value),
  boolean: (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined),
  /** A whole number from 1. */
  count: (value: unknown): number | undefined => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined;
  },
  /** Texts of a list; one text is a list of one. */
  texts: (value: unknown): readonly string[] | undefined => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter((entry): entry is string => typeof entry === "string" && entry.trim() !== "");
    return texts.length === 0 ? undefined : texts;
  },
  oneOf: <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
    allowed.find((known) => known === value),
  someOf: <T extends string>(allowed: readonly T[], value: unknown): readonly T[] | undefined =>
    Array.isArray(value) ? allowed.filter((known) => value.includes(known)) : undefined,
  textMap: (value: unknown): Readonly<Record<string, string>> | undefined => {
    if (!isRecord(value)) return undefined;
    const entries = Object.entries(value).flatMap(([key, entry]) => {
      const text = Array.isArray(entry) ? entry.join(", ") : read.asText(entry);
      return text === undefined || text.trim() === "" ? [] : [[key, text]];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  },
};

/** The entries that are known, so that a stored query has no empty ones. */
export function known<T extends Readonly<Record<string, unknown>>>(
  entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const result: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in entries) {
    const value = entries[key];
    if (isKnown(value)) result[key] = value;
  }
  return result;
}

function isKnown<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}
