import type { Matcher } from "../api";

/** What of a shared Loki is ours: matchers that go into every selector. */
export interface Scope {
  readonly base?: readonly Matcher[] | undefined;
}

/** Matchers that cannot be used: what is wrong, where, and what to write instead. */
export class ScopeError extends Error {
  override readonly name = "ScopeError";
}

const WHITE = /\s*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OP = /=~|!~|!=|=/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([\s\S]))/g;
const SHORT: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** Reads one selector, character by character. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  error(wanted: string): ScopeError {
    const found =
      this.#at >= this.#text.length ? "its end" : `${JSON.stringify(this.#text.slice(this.#at, this.#at + 12))}`;
    return new ScopeError(
      `The base selector ${JSON.stringify(this.#text)} has ${found} at character ${this.#at + 1} where ${wanted} is expected; write matchers such as {cluster="eu", namespace=~"agents-.+"}`,
    );
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }

  skip(char: string): boolean {
    this.#match(WHITE);
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  atEnd(): boolean {
    this.#match(WHITE);
    return this.#at === this.#text.length;
  }

  matcher(): Matcher {
    this.#match(WHITE);
    const name = this.#match(NAME)?.[0];
    if (name === undefined) throw this.error("a label name");
    this.#match(WHITE);
    const op = operator(this.#match(OP)?.[0]);
    if (op === undefined) throw this.error("=, !=, =~ or !~");
    this.#match(WHITE);
    const literal = this.#match(STRING);
    if (literal === undefined) throw this.error("a value in double quotes or backticks");
    return { name, op, value: literal[2] ?? this.#unescaped(literal[1] ?? "") };
  }

  #unescaped(text: string): string {
    return text.replace(ESCAPE, (_all, short?: string, long?: string, byte?: string, char = "") => {
      const code = Number.parseInt(short ?? long ?? byte ?? "", 16);
      if (code <= 0x10ffff && (byte === undefined || code < 0x80)) return String.fromCodePoint(code);
      const plain = SHORT[char];
      if (plain === undefined) throw this.error(`a valid escape instead of \\${char}`);
      return plain;
    });
  }
}

function operator(text: string | undefined): Matcher["op"] | undefined {
  return text === "=" || text === "!=" || text === "=~" || text === "!~" ? text : undefined;
}

/**
 * Reads the base selector of a setting: a stream selector with or without its braces. An empty one has no matchers.
 *
 * @throws ScopeError naming the character and what is expected there
 * @example parseScope('{cluster="eu"}') // { base: [{ name: "cluster", op: "=", value: "eu" }] }
 */
export function parseScope(text: string): Scope {
  const reader = new Reader(text);
  if (reader.atEnd()) return {};
  const braced = reader.skip("{");
  if (braced && reader.skip("}")) {
    if (reader.atEnd()) return {};
    throw reader.error("nothing more");
  }
  const base: Matcher[] = [];
  do {
    base.push(reader.matcher());
  } while (reader.skip(","));
  if (braced && !reader.skip("}")) throw reader.error("a comma or }");
  if (!reader.atEnd()) throw reader.error(braced ? "nothing more" : "a comma");
  return { base };
}
