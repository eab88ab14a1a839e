/**
 * Loki reads JSON with a scanner that takes a lot of what is no JSON: it looks for what it wants and believes the rest.
 * These are its steps, so that odd lines give the same labels here.
 */

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What stands at a position. */
export interface Value {
  readonly kind: "string" | "number" | "boolean" | "null" | "array" | "object";
  /** Its text, strings without their quotes. */
  readonly text: string;
  /** Position behind it. */
  readonly end: number;
}

/** Why a value could not be read, in the words of Loki's `__error_details__`. */
export interface Broken {
  readonly problem: string;
}

export const MALFORMED = { problem: "Malformed JSON error" } as const;
export const MALFORMED_OBJECT = {
  problem: "Value looks like object, but can't find closing '}' symbol",
} as const;
export const MALFORMED_ARRAY = { problem: "Value is array, but can't find closing ']' symbol" } as const;
export const MALFORMED_STRING = { problem: "Value is string, but can't find closing '\"' symbol" } as const;
export const UNKNOWN_VALUE = { problem: "Unknown value type" } as const;

/** Position of the next character that is no space, or -1. */
export function nextToken(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
  }
  return -1;
}

/** Position behind the closing quote of a string whose first character stands at `from`, or -1. */
export function stringEnd(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let start = quote;
    while (start > from && text.charCodeAt(start - 1) === BACKSLASH) start -= 1;
    if ((quote - start) % 2 === 0) return quote + 1;
  }
  return -1;
}

/** Position behind the closing sign of the object or array that begins at `from`, or -1. */
export function blockEnd(text: string, from: number, open: number, close: number): number {
  let level = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at + 1);
      if (end < 0) return -1;
      at = end - 1;
    } else if (code === open) level += 1;
    else if (code === close) {
      level -= 1;
      if (level === 0) return at + 1;
    }
  }
  return -1;
}

/** The value that begins at or behind `from`. */
export function readValue(text: string, from: number): Value | Broken {
  const at = nextToken(text, from);
  if (at < 0) return MALFORMED;
  switch (text[at]) {
    case '"': {
      const end = stringEnd(text, at + 1);
      return end < 0 ? MALFORMED_STRING : { kind: "string", text: text.slice(at + 1, end - 1), end };
    }
    case "[": {
      const end = blockEnd(text, at, 0x5b, 0x5d);
      return end < 0 ? MALFORMED_ARRAY : { kind: "array", text: text.slice(at, end), end };
    }
    case "{": {
      const end = blockEnd(text, at, 0x7b, 0x7d);
      return end < 0 ? MALFORMED_OBJECT : { kind: "object", text: text.slice(at, end), end };
    }
    default:
      return readBare(text, at);
  }
}

const BARE = /[^ \n\r\t,}\]]*/y;

function readBare(text: string, at: number): Value | Broken {
  BARE.lastIndex = at;
  const bare = BARE.exec(text)?.[0] ?? "";
  const end = at + bare.length;
  if (bare === "true" || bare === "false") return { kind: "boolean", text: bare, end };
  if (bare === "null") return { kind: "null", text: bare, end };
  return /^[-0-9]/.test(bare) ? { kind: "number", text: bare, end } : UNKNOWN_VALUE;
}

export function isBroken(value: Value | Broken): value is Broken {
  return "problem" in value;
}
