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

/** The names in a list; undefined when it is none. */
export function namesOf(names: unknown): string[] | undefined {
  if (!Array.isArray(names)) return undefined;
  return names.filter((name) => typeof name === "string").map(cutName);
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "boolean" || finiteNumber(value) !== undefined;

/** The scalars of a flat object; undefined when there are none. Anything nested is left out: it may be content. */
export function scalarsOf(value: unknown): Record<string, Scalar> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: [string, Scalar][] = [];
  for (const [key, item] of Object.entries(value)) if (isScalar(item)) found.push([key, item]);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
