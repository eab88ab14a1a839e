const SIMPLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"]))|\\/g;

/**
 * What a string literal of LogQL stands for: `"…"` with the escapes of Go, or raw text between backticks.
 *
 * @returns undefined when an escape is none of Go's
 */
export function unquote(literal: string): string | undefined {
  if (literal.startsWith("`")) {
    return literal.length > 1 && literal.endsWith("`") ? literal.slice(1, -1).replaceAll("\r", "") : undefined;
  }
  if (literal.length < 2 || !literal.startsWith('"') || !literal.endsWith('"')) return undefined;
  const inner = literal.slice(1, -1);
  if (inner.includes("\n")) return undefined;
  if (!inner.includes("\\")) return inner;
  return unescaped(inner);
}

function unescaped(inner: string): string | undefined {
  let valid = true;
  /** Escapes of single bytes may together make up UTF-8. */
  let bytes: number[] = [];
  let text = "";
  let end = 0;
  const flush = (): void => {
    if (bytes.length > 0) text += new TextDecoder().decode(Uint8Array.from(bytes));
    bytes = [];
  };
  for (const match of inner.matchAll(ESCAPE)) {
    const [whole, hex, unicode, long, octal, simple] = match;
    if (match.index > end) {
      flush();
      text += inner.slice(end, match.index);
    }
    end = match.index + whole.length;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else {
      flush();
      const code = unicode ?? long;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) valid = false;
        else text += String.fromCodePoint(point);
      } else if (simple !== undefined) text += SIMPLE[simple] ?? "";
      else valid = false;
    }
  }
  flush();
  return valid ? text + inner.slice(end) : undefined;
}
