import type { PatternReader } from "./reader";

/** RE2's classes are of ASCII, other than JavaScript's `\s` and, without regard to case, `\w`. */
const PERL: Readonly<Record<string, string>> = {
  d: "0-9",
  w: "0-9A-Za-z_",
  s: "\\t\\n\\f\\r ",
};
const PERL_NOT: Readonly<Record<string, string>> = {
  D: "\\u{0}-/:-\\u{10ffff}",
  W: "\\u{0}-\\/:-@\\[-\\^`\\{-\\u{10ffff}",
  S: "\\u{0}-\\u{8}\\u{b}\\u{e}-\\u{1f}!-\\u{10ffff}",
};
const POSIX: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\u{0}-\\u{7f}",
  blank: "\\t ",
  cntrl: "\\u{0}-\\u{1f}\\u{7f}",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};
const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const CATEGORY = /^(?:C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

/** What stands after a backslash, within a class or outside of one. */
export function readEscape(reader: PatternReader, inClass: boolean): string {
  const char = reader.next();
  const perl = PERL[char];
  if (perl !== undefined) return inClass ? perl : `[${perl}]`;
  if (PERL_NOT[char] !== undefined) return inClass ? PERL_NOT[char] : `[^${PERL[char.toLowerCase()] ?? ""}]`;
  if (char === "p" || char === "P") return unicodeClass(reader, char);
  return codePoint(pointOf(reader, char));
}

function unicodeClass(reader: PatternReader, letter: string): string {
  const name = reader.match(/\{(\^?)(\w+)\}|()([A-Z])/y);
  if (name === undefined) throw reader.refuse("invalid character class range", `\\${letter}`);
  const text = name[2] ?? name[4] ?? "";
  if (text === "Any") return "\\u{0}-\\u{10ffff}";
  const negative = (letter === "P") !== (name[1] === "^");
  return `\\${negative ? "P" : "p"}{${CATEGORY.test(text) ? text : `Script=${text}`}}`;
}

/** The code point of an escape that stands for one. */
function pointOf(reader: PatternReader, char: string): number {
  const control = CONTROL[char];
  if (control !== undefined) return control;
  if (char === "x") {
    const hex = reader.match(/\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2})/y);
    const point = Number.parseInt(hex?.[1] ?? hex?.[2] ?? "", 16);
    if (point >= 0 && point <= 0x10ffff) return point;
  } else if (/[0-7]/.test(char)) {
    const more = reader.match(/[0-7]{1,2}/y);
    if (more !== undefined || char === "0") return Number.parseInt(`${char}${more?.[0] ?? ""}`, 8);
  } else if (/^[!-/:-@[-`{-~]$/.test(char)) return char.codePointAt(0) ?? 0;
  if (char === "") throw reader.refuse("trailing backslash at end of expression", "");
  throw reader.refuse("invalid escape sequence", `\\${char}`);
}

function codePoint(point: number): string {
  return `\\u{${point.toString(16)}}`;
}

/** A bracketed class, its opening bracket read already. */
export function readClass(reader: PatternReader, pattern: string): string {
  const negative = reader.take("^");
  let text = "";
  for (let first = true; first || reader.peek() !== "]"; first = false) {
    if (reader.done) throw reader.refuse("missing closing ]", pattern);
    const posix = reader.match(/\[:(\^?)(\w+):\]/y);
    if (posix !== undefined) {
      text += posixClass(reader, posix);
      continue;
    }
    const isClass = reader.match(/\\(?=[dwsDWSpP])/y);
    if (isClass !== undefined) {
      text += readEscape(reader, true);
      continue;
    }
    const low = classPoint(reader);
    const range = reader.match(/-(?!\])/y);
    if (range === undefined) {
      text += codePoint(low);
      continue;
    }
    const high = classPoint(reader);
    if (high < low)
      throw reader.refuse(
        "invalid character class range",
        `${String.fromCodePoint(low)}-${String.fromCodePoint(high)}`,
      );
    text += `${codePoint(low)}-${codePoint(high)}`;
  }
  reader.next();
  return `[${negative ? "^" : ""}${text}]`;
}

function classPoint(reader: PatternReader): number {
  const char = reader.next();
  return char === "\\" ? pointOf(reader, reader.next()) : (char.codePointAt(0) ?? 0);
}

function posixClass(reader: PatternReader, match: RegExpExecArray): string {
  const [whole, not, name = ""] = match;
  const members = POSIX[name];
  if (members === undefined) throw reader.refuse("invalid character class range", whole);
  if (not !== "^") return members;
  const inverse = /^(?:ascii|word|digit)$/.test(name)
    ? { ascii: "\\u{80}-\\u{10ffff}", word: PERL_NOT.W, digit: PERL_NOT.D }[name]
    : undefined;
  if (inverse !== undefined) return inverse;
  return complement(members);
}

/** The ranges outside of the ranges of a class. */
function complement(members: string): string {
  const inside = new RegExp(`[${members}]`, "u");
  let text = "";
  for (let point = 0; point < 0x80; point += 1) {
    if (!inside.test(String.fromCodePoint(point))) text += codePoint(point);
  }
  return `${text}\\u{80}-\\u{10ffff}`;
}
