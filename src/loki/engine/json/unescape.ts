const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?|(["\\/bfnrt]))|\\/g;
const SIMPLE_U = /\\u/;

/** The text of a JSON string without its quotes; undefined for an escape that is none, half a surrogate pair included. */
export function unescaped(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  let valid = true;
  let result = "";
  let end = 0;
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(text); match !== null; match = ESCAPE.exec(text)) {
    result += text.slice(end, match.index);
    const [, first, second, simple] = match;
    if (simple !== undefined) result += SIMPLE[simple] ?? "";
    else if (first === undefined) valid = false;
    else {
      const point = pointOf(first, second);
      if (point === undefined) valid = false;
      else {
        result += point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
        // The second escape was read ahead and is one of its own unless both made a pair.
        if (second !== undefined && point <= 0xffff) ESCAPE.lastIndex = match.index + 6;
      }
    }
    end = ESCAPE.lastIndex;
  }
  return valid ? result + text.slice(end) : undefined;
}

function pointOf(first: string, second: string | undefined): number | undefined {
  const high = Number.parseInt(first, 16);
  if (high < 0xd800 || high > 0xdfff) return high;
  const low = second === undefined ? 0 : Number.parseInt(second, 16);
  return low < 0xdc00 ? undefined : 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/** The value of a label from a JSON string: "" for a broken one, a space where a character cannot be read. */
export function labelText(text: string): string {
  const value = SIMPLE_U.test(text) || text.includes("\\") ? unescaped(text) : text;
  if (value === undefined) return "";
  return value.includes("\ufffd") ? value.replaceAll("\ufffd", " ") : value;
}
