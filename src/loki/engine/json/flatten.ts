import {
  type Broken,
  isBroken,
  MALFORMED,
  MALFORMED_ARRAY,
  MALFORMED_OBJECT,
  nextToken,
  readValue,
  type Value,
} from "./scan";
import { unescaped } from "./unescape";

/** Takes the fields of a line one after the other. */
export interface FieldVisitor {
  /** @returns whether the fields of an object, whose labels begin like this, are worth reading */
  enter(label: string): boolean;
  /** A string, number or boolean. @returns whether to go on */
  field(label: string, value: Value): boolean;
}

const BAD_ESCAPE = { problem: "Encountered an invalid escape sequence in a string" } as const;

/**
 * Visits all fields of an object and of those in it; arrays and nulls are left out. Text behind the object is not
 * looked at.
 *
 * @returns what is wrong with the line, "stopped" when the visitor had enough, undefined when all was read
 */
export function eachField(text: string, visitor: FieldVisitor, above = ""): Broken | "stopped" | undefined {
  let at = nextToken(text, 0);
  if (at < 0 || text[at] !== "{") return MALFORMED_OBJECT;
  at = nextToken(text, at + 1);
  if (at < 0) return MALFORMED;
  while (text[at] !== "}") {
    if (text[at] !== '"') return MALFORMED_OBJECT;
    const name = readValue(text, at);
    if (isBroken(name)) return MALFORMED;
    const key = unescaped(name.text);
    if (key === undefined) return BAD_ESCAPE;
    const colon = nextToken(text, name.end);
    if (colon < 0 || text[colon] !== ":") return MALFORMED;
    const value = readValue(text, colon + 1);
    if (isBroken(value)) return value;
    const end = visit(value, labelBelow(above, key), visitor);
    if (end !== undefined) return end;
    at = nextToken(text, value.end);
    if (at < 0) return MALFORMED_ARRAY;
    if (text[at] === "}") return undefined;
    if (text[at] !== ",") return MALFORMED_OBJECT;
    at = nextToken(text, at + 1);
    if (at < 0) return MALFORMED_ARRAY;
  }
  return undefined;
}

function visit(value: Value, label: string, visitor: FieldVisitor): Broken | "stopped" | undefined {
  if (value.kind === "object") return visitor.enter(label) ? eachField(value.text, visitor, label) : undefined;
  if (value.kind === "array" || value.kind === "null") return undefined;
  return visitor.field(label, value) ? undefined : "stopped";
}

const names = new Map<string, string>();
/** Keys of fields are few; what has more is data. */
const KEPT_NAMES = 5000;

/** A key as a part of a label: other characters than letters, digits and `_` replaced by `_`. */
function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = key.trim().replace(/[^A-Za-z0-9_]/gu, "_");
  if (names.size >= KEPT_NAMES) names.clear();
  names.set(key, name);
  return name;
}

/** The label of a field: the one of the object it stands in, and its key, joined by `_`. */
export function labelBelow(above: string, key: string): string {
  const name = nameOf(key);
  if (name === "") return above;
  if (above !== "") return `${above}_${name}`;
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
