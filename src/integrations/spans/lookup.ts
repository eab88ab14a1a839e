import { type Meaning, NAMES } from "./names";
import type { SpanView } from "./span";

/** The value of a meaning, whatever it is. */
export function valueAt({ attributes }: Pick<SpanView, "attributes">, meaning: Meaning): unknown {
  for (const name of NAMES[meaning]) {
    const value = attributes[name];
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

export function textAt(span: Pick<SpanView, "attributes">, meaning: Meaning): string | undefined {
  const value = valueAt(span, meaning);
  return typeof value === "string" ? value : undefined;
}

/** A count: a number that is no number is unknown. */
export function countAt({ attributes }: Pick<SpanView, "attributes">, meaning: Meaning): number | undefined {
  for (const name of NAMES[meaning]) {
    const value = attributes[name];
    if (typeof value === "number" && value >= 0) return value;
  }
  return undefined;
}

/** What a text holds as JSON; the value itself when it is no JSON of an object or a list. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    const found: unknown = JSON.parse(value);
    return found;
  } catch {
    // Plain text that begins like JSON.
    return value;
  }
}

/** A list, or a list as JSON. */
export function listAt(span: Pick<SpanView, "attributes">, meaning: Meaning): readonly unknown[] | undefined {
  const value = parsed(valueAt(span, meaning));
  return Array.isArray(value) ? value : undefined;
}
