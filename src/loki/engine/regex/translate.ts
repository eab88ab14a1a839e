import { QueryError } from "../errors";
import { readClass, readEscape } from "./classes";
import { PatternReader } from "./reader";

export interface RegexOptions {
  /** The whole text must match, not a part of it. */
  readonly whole: boolean;
  readonly dotMatchesNewline: boolean;
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/** What a piece of a pattern may repeat, for the guard against patterns that take exponential time. */
interface Piece {
  readonly text: string;
  readonly repeats: boolean;
}

/** RE2's bound on counts. */
const MAX_COUNT = 1000;
const MAX_NESTING = 200;

/**
 * The regular expression of JavaScript that matches what one of RE2 matches. It says only whether it matches: groups do
 * not capture and laziness is dropped.
 *
 * @throws QueryError for a pattern that RE2 refuses, or that JavaScript cannot run in reasonable time
 */
export function regexOf(pattern: string, options: RegexOptions): RegExp {
  const translator = new Translator(pattern);
  const body = translator.translate({ ignoreCase: false, multiline: false, dotAll: options.dotMatchesNewline });
  try {
    return new RegExp(options.whole ? `^(?:${body})$` : body, translator.ignoresCase ? "iu" : "u");
  } catch {
    // What is left after the translation and JavaScript still refuses: the names of Unicode classes.
    throw new QueryError(400, `error parsing regexp: invalid character class range in \`${pattern}\``);
  }
}

class Translator {
  private readonly reader: PatternReader;
  private insensitive = false;
  private sensitive = false;
  private depth = 0;

  constructor(private readonly pattern: string) {
    this.reader = new PatternReader(pattern);
  }

  get ignoresCase(): boolean {
    return this.insensitive;
  }

  translate(flags: Flags): string {
    const { text } = this.alternatives(flags);
    if (!this.reader.done) throw this.reader.refuse("unexpected )", this.pattern);
    if (this.insensitive && this.sensitive) {
      throw new QueryError(
        400,
        `the embedded store cannot ignore case in one part only of the regular expression \`${this.pattern}\`; put (?i) first, or run this query on a Loki`,
      );
    }
    return text;
  }

  /** Up to a closing parenthesis or the end. */
  private alternatives(given: Flags): Piece {
    this.depth += 1;
    if (this.depth > MAX_NESTING) throw this.reader.refuse("expression nests too deeply", this.pattern);
    let flags = given;
    let text = "";
    let repeats = false;
    while (!this.reader.done && this.reader.peek() !== ")") {
      if (this.reader.take("|")) {
        text += "|";
        continue;
      }
      const changed = this.flagChange(flags);
      if (changed !== undefined) {
        flags = changed;
        continue;
      }
      const piece = this.repeated(this.atom(flags));
      text += piece.text;
      repeats ||= piece.repeats;
    }
    this.depth -= 1;
    return { text, repeats };
  }

  /** Reads `(?i)` and its like, which hold up to the end of their group. */
  private flagChange(flags: Flags): Flags | undefined {
    const match = this.reader.match(/\(\?([imsU]*)(?:-([imsU]+))?\)/y);
    return match === undefined ? undefined : withFlags(flags, match[1] ?? "", match[2] ?? "");
  }

  private atom(flags: Flags): Piece {
    const { reader } = this;
    const char = reader.next();
    switch (char) {
      case "(":
        return this.group(flags);
      case ".":
        return single(flags.dotAll ? "[^]" : "[^\\n]");
      case "^":
        return single(flags.multiline ? "(?:^|(?<=\\n))" : "^");
      case "$":
        return single(flags.multiline ? "(?:$|(?=\\n))" : "$");
      case "[":
        this.note(flags);
        return single(readClass(reader, this.pattern));
      case "\\":
        return single(this.escape(flags));
      case "*":
      case "+":
      case "?":
        throw reader.refuse("missing argument to repetition operator", char);
      default:
        this.note(flags, char);
        return single(/[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char);
    }
  }

  private escape(flags: Flags): string {
    const { reader } = this;
    if (reader.take("Q")) {
      const literal = reader.upTo("\\E");
      this.note(flags, literal);
      return `(?:${literal.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")})`;
    }
    if (reader.take("A")) return "^";
    if (reader.take("z")) return "$";
    if (reader.take("b")) return "\\b";
    if (reader.take("B")) return "\\B";
    this.note(flags);
    return readEscape(reader, false);
  }

  private group(given: Flags): Piece {
    const { reader } = this;
    let flags = given;
    const start = reader.match(/\?(?::|P?<([A-Za-z_]\w*)>|([imsU]*)(?:-([imsU]+))?:)/y);
    if (start === undefined && reader.peek() === "?") {
      throw reader.refuse("invalid or unsupported Perl syntax", `(${reader.slice(2)}`);
    }
    if (start !== undefined) flags = withFlags(flags, start[2] ?? "", start[3] ?? "");
    const inner = this.alternatives(flags);
    if (!reader.take(")")) throw reader.refuse("missing closing )", this.pattern);
    return { text: `(?:${inner.text})`, repeats: inner.repeats };
  }

  private repeated(atom: Piece): Piece {
    const { reader } = this;
    const sign = reader.match(/[*+?]\??|\{(\d+)(?:(,)(\d*))?\}\??/y);
    if (sign === undefined) return atom;
    const [whole, least, comma, most] = sign;
    for (const count of [least, most]) {
      if (Number(count ?? 0) > MAX_COUNT) throw reader.refuse("invalid repeat count", whole);
    }
    if (least !== undefined && most !== undefined && most !== "" && Number(most) < Number(least)) {
      throw reader.refuse("invalid repeat count", whole);
    }
    const again = reader.match(/[*+?]|\{\d+(?:,\d*)?\}/y);
    if (again !== undefined) throw reader.refuse("invalid nested repetition operator", `${whole}${again[0]}`);
    const unbounded = /^[*+]/.test(whole) || (comma !== undefined && most === "");
    const manifold = unbounded || Number(most ?? least ?? 0) > 1;
    if (manifold && atom.repeats) {
      throw new QueryError(
        400,
        `the embedded store does not run a repetition within a repetition, which can take exponential time: \`${this.pattern}\`; run this query on a Loki`,
      );
    }
    const operator = whole.length > 1 && whole.endsWith("?") ? whole.slice(0, -1) : whole;
    const text = /^(?:\^|\$|\\[bB]|\(\?:[\^$]\|)/.test(atom.text) ? `(?:${atom.text})` : atom.text;
    return { text: `${text}${operator}`, repeats: atom.repeats || unbounded };
  }

  /** Remembers under which case the letters of a pattern are compared. */
  private note(flags: Flags, text?: string): void {
    if (text !== undefined && text.toLowerCase() === text.toUpperCase()) return;
    if (flags.ignoreCase) this.insensitive = true;
    else this.sensitive = true;
  }
}

function single(text: string): Piece {
  return { text, repeats: false };
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const flag = (letter: string, was: boolean): boolean => (was || on.includes(letter)) && !off.includes(letter);
  return {
    ignoreCase: flag("i", flags.ignoreCase),
    multiline: flag("m", flags.multiline),
    dotAll: flag("s", flags.dotAll),
  };
}
