import { quote } from "../wire/quote";
import { keyText } from "./keyText";
import { isPlain, isPlainList, MARKERS, MAX_DEPTH, MAX_VALUES, viewOf } from "./view";

/** A container that is being written, and those around it. */
class Frame {
  readonly depth: number;
  constructor(
    readonly container: object,
    readonly parent: Frame | undefined,
    readonly budget: { left: number },
  ) {
    this.depth = parent === undefined ? 1 : parent.depth + 1;
  }

  holds(container: object): boolean {
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame.parent) {
      if (frame.container === container) return true;
    }
    return false;
  }
}

const UNREADABLE = quote(MARKERS.unreadable);
const CIRCULAR = quote(MARKERS.circular);
const CUT = quote(MARKERS.cut);

/** Ascending UTF-16 code units, as RFC 8785 3.2.3 asks; most objects are written in order already or have few keys. */
function sortKeys(keys: string[]): string[] {
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at];
    const before = keys[at - 1];
    if (key === undefined || before === undefined || before < key) continue;
    if (keys.length > 16) return keys.sort();
    let to = at;
    for (; to > 0; to--) {
      const other = keys[to - 1];
      if (other === undefined || other < key) break;
      keys[to] = other;
    }
    keys[to] = key;
  }
  return keys;
}

/** The text of a value, or undefined for what JSON leaves out (undefined, functions, symbols). */
function textOf(value: unknown, key: string, frame: Frame): string | undefined {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      // String and JSON write finite numbers the same, ECMAScript's way.
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : containerText(value, key, frame);
    case "bigint":
      return String(value);
    default:
      return undefined;
  }
}

function containerText(value: object, key: string, frame: Frame): string | undefined {
  if (frame.holds(value)) return CIRCULAR;
  if (frame.depth >= MAX_DEPTH || frame.budget.left <= 0) return CUT;
  try {
    return readableText(value, key, frame);
  } catch {
    // A getter, toJSON or proxy of the caller's object threw (or the stack is full): that part has no text.
    return UNREADABLE;
  }
}

function readableText(value: object, key: string, parent: Frame): string | undefined {
  const frame = new Frame(value, parent, parent.budget);
  // The common cases, without a view of their own.
  if (isPlain(value)) {
    if (typeof value.toJSON !== "function") return dictText(value, frame);
  } else if (isPlainList(value)) return listText(value, frame);
  const view = viewOf(value, key);
  switch (view.kind) {
    case "list":
      return listText(view.items, frame);
    case "dict":
      return dictText(view.record, frame);
    case "set":
      return setText(view.items, frame);
    case "opaque":
      return quote(`[${view.name}]`);
    case "leaf":
      return textOf(view.value, key, frame);
  }
}

function dictText(record: Readonly<Record<string, unknown>>, frame: Frame): string {
  const keys = sortKeys(Object.keys(record));
  let text = "";
  for (const key of keys) {
    if (frame.budget.left-- <= 0) return `{${text}${text === "" ? "" : ","}${CUT}:0}`;
    const value = valueText(record, key, frame);
    if (value === undefined) continue;
    if (text !== "") text += ",";
    text += keyText(key) + value;
  }
  return `{${text}}`;
}

function valueText(record: Readonly<Record<string, unknown>>, key: string, frame: Frame): string | undefined {
  let value: unknown;
  try {
    value = record[key];
  } catch {
    // A getter of the caller's object threw: that key has no value to write.
    return UNREADABLE;
  }
  return textOf(value, key, frame);
}

function listText(items: readonly unknown[], frame: Frame): string {
  let text = "";
  for (let at = 0; at < items.length; at++) {
    if (frame.budget.left-- <= 0) return `[${text}${at === 0 ? "" : ","}${CUT}]`;
    const item = textOf(items[at], String(at), frame) ?? "null";
    text += at === 0 ? item : `,${item}`;
  }
  return `[${text}]`;
}

function setText(items: readonly unknown[], frame: Frame): string {
  const texts: string[] = [];
  for (const item of items) {
    if (frame.budget.left-- <= 0) break;
    texts.push(textOf(item, "", frame) ?? "null");
  }
  return `[${texts.sort().join(",")}]`;
}

/** Stands around the outermost value. */
const OUTSIDE = {};

/**
 * Canonical JSON (RFC 8785, JSON Canonicalization Scheme): no white space, keys in the order of their UTF-16 code units,
 * numbers as ECMAScript writes them. Two values that JSON cannot tell apart have the same text.
 *
 * It never throws. What JSON does not know gets a stable text instead:
 * - undefined, functions and symbols are left out of objects and are null in lists; NaN and infinities are null;
 * - `toJSON` is called (so dates are ISO texts), BigInt is written as a number, boxed values as what they box;
 * - a Map is an object, or a sorted list of pairs when some key is no string; a Set is a sorted list;
 * - other instances are their own enumerable properties, or the name of their class when they show none;
 * - bytes are their number and a digest; unpaired surrogates are escaped rather than refused;
 * - cycles, what a getter throws on, and what lies beyond 500 levels or 250,000 values become markers in square brackets.
 *
 * @returns undefined when nothing sensible can be written: for undefined, functions, symbols, an object that cannot be
 * read, and an instance that shows nothing of what it holds.
 * @example canonicalJson({ top_k: 5, query: "flights" }) // '{"query":"flights","top_k":5}'
 */
export function canonicalJson(value: unknown): string | undefined {
  const outside = new Frame(OUTSIDE, undefined, { left: MAX_VALUES });
  if (typeof value !== "object" || value === null) return textOf(value, "", outside);
  try {
    if (isOpaque(value)) return undefined;
    return readableText(value, "", outside);
  } catch {
    // The caller's object cannot be read, or its text is longer than a string may be: there is no text of it.
    return undefined;
  }
}

function isOpaque(value: object): boolean {
  return !isPlain(value) && !Array.isArray(value) && viewOf(value, "").kind === "opaque";
}
