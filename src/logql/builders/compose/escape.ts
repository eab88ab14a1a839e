/** Half of a surrogate pair without the other: no UTF-8 can carry it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** What a quoted string of LogQL cannot hold as it is: quote, backslash, control characters, the byte order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
const TO_ESCAPE = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const META = /[\\.+*?()|[\]{}^$]/g;

/** The text with lone surrogates replaced as every UTF-8 encoder does, so that query and line agree. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, "\ufffd");
}

/**
 * A string literal of LogQL (the syntax of Go's double-quoted strings) that stands for exactly this text.
 *
 * @example quoted('say "hi"') // "\"say \\\"hi\\\"\""
 */
export function quoted(text: string): string {
  return `"${wellFormed(text).replace(TO_ESCAPE, (char) => SHORT[char] ?? unicodeEscape(char))}"`;
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * A regular expression of RE2 that matches exactly this text. It still has to go through `quoted`.
 *
 * @example regexOf("a.b") // "a\\.b"
 */
export function regexOf(text: string): string {
  return wellFormed(text).replace(META, "\\$&");
}

/**
 * A regular expression that matches exactly these texts, for label filters. Loki 3 takes lists of texts apart to compare
 * faster, and then lets texts through that only begin with one (`ab1|ab2` passes `ab10`), or forgets the empty text (`|a`).
 * It leaves lists alone that have anchors, and is right about those in which no two begin alike.
 *
 * @example regexOfAny(["v1", "v10"]) // "^(?:v1|v10)$"
 */
export function regexOfAny(texts: readonly string[]): string {
  const list = texts.map(regexOf).join("|");
  const beginnings = new Set(texts.map((text) => text.charAt(0)));
  return beginnings.size === texts.length && !beginnings.has("") ? list : `^(?:${list})$`;
}

/** Characters that encoders of JSON write in more than one way: some as `\u003c`, others as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among those looked for
const WRITTEN_IN_SEVERAL_WAYS = /[^\u0009\u000a\u000d\u0020-\u007e]|[<>&'/\u007f]/u;

/** A text as it stands inside the quotes of a JSON string. */
export function jsonEscaped(text: string): string {
  return JSON.stringify(wellFormed(text)).slice(1, -1);
}

/**
 * The longest piece of a text that every encoder of JSON writes in the same way, as it stands in the line: what a line
 * filter may look for. "" when there is none, so that a filter for it passes every line.
 *
 * @example needleOf('a"b/c') // 'a\\"b'
 */
export function needleOf(text: string): string {
  let longest = "";
  for (const piece of text.split(WRITTEN_IN_SEVERAL_WAYS)) if (piece.length > longest.length) longest = piece;
  return jsonEscaped(longest);
}

/**
 * A number as LogQL reads it, without an exponent: exactly this number.
 *
 * @throws RangeError for NaN and infinities
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`A query cannot compare with ${value}; give a finite number`);
  const text = String(value);
  if (!text.includes("e")) return text;
  if (Math.abs(value) >= 1) return BigInt(value).toString();
  const [, sign = "", digits = "", exponent = "0"] = /^(-?)(.*)e-(\d+)$/.exec(text) ?? [];
  return `${sign}0.${"0".repeat(Number(exponent) - 1)}${digits.replace(".", "")}`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/**
 * A duration in the largest unit that divides it.
 *
 * @param ms whole milliseconds, at least 1
 * @throws RangeError otherwise
 * @example durationText(604_800_000) // "7d"
 */
export function durationText(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms < 1) {
    throw new RangeError(`A query cannot look back ${ms} ms; give whole milliseconds, at least 1`);
  }
  for (const [unit, size] of UNITS) if (ms % size === 0) return `${ms / size}${unit}`;
  return `${ms}ms`;
}
