import { cutName, type Scalar } from "../core/wire";

/** Counts, times and lengths as they go on the wire: whole, rounded half up; anything else is unknown. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value !== "number" || !(value >= 0) || value > Number.MAX_SAFE_INTEGER) return undefined;
  return Math.floor(value + 0.5);
}

/** Any finite number; anything else is unknown. */
export function finiteNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Stands for a tool or an index whose name is no text. */
const NAMELESS = "unknown";

/** A name that has to be there, cut to its limit before facts and lines see it, so that both agree. */
export function nameOf(name: unknown): string {
  return typeof name === "string" && name !== "" ? cutName(name) : NAMELESS;
}

/** A name that may be unknown; the empty one is. */
export function optionalName(name: unknown): string | undefined {
  return typeof name === "string" && name !== "" ? cutName(name) : undefined;
}

/** What a function returns, undefined when it throws: for values of the application that may not be readable. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // A getter or proxy of the application threw: the value is unknown.
    return undefined;
  }
}

/** The names in a list; undefined when it is none. */
export function namesOf(names: unknown): string[] | undefined {
  return attempt(() =>
    Array.isArray(names) ? names.filter((name) => typeof name === "string").map(cutName) : undefined,
  );
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "boolean" || finiteNumber(value) !== undefined;

/** More entries than these would not fit on a line; looking at them would hold up the agent. */
const MAX_ENTRIES = 100;

/** The first entries of an object whose values are as wanted. */
export function entriesOf<T>(value: unknown, isWanted: (item: unknown) => item is T): [string, T][] {
  const found: [string, T][] = [];
  attempt(() => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return;
    for (const key in value) {
      if (found.length >= MAX_ENTRIES) return;
      const item: unknown = attempt(() => Reflect.get(value, key));
      if (Object.hasOwn(value, key) && isWanted(item)) found.push([key, item]);
    }
  });
  return found;
}

/** The scalars of a flat object; undefined when there are none. Anything nested is left out: it may be content. */
export function scalarsOf(value: unknown): Record<string, Scalar> | undefined {
  const found = entriesOf(value, isScalar);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** The span an event happened in. */
export function spanOf(moment: { readonly spanId?: unknown } | undefined): string | undefined {
  return moment === undefined ? undefined : optionalName(moment.spanId);
}

/** Its parent. */
export function parentSpanOf(moment: { readonly parentSpanId?: unknown } | undefined): string | undefined {
  return moment === undefined ? undefined : optionalName(moment.parentSpanId);
}
