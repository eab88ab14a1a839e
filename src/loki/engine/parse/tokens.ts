/** A word, number, string, range (`[5m]`) or sign of a query. */
export interface Token {
  readonly kind: "word" | "number" | "string" | "range" | "sign" | "broken";
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const SPACE = /[\s]+|#[^\n]*/y;
const PATTERNS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["string", /"(?:[^"\\\n]|\\[\s\S])*"|`[^`]*`/y],
  ["range", /\[[^\]]*\]/y],
  ["word", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[A-Za-zµ0-9.]*/y],
  ["sign", /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[\s\S]/y],
];

/** The tokens of a query; strings and ranges without an end become one `broken` token up to the end of the text. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    SPACE.lastIndex = at;
    const space = SPACE.exec(query);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const token = tokenAt(query, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function tokenAt(query: string, at: number): Token {
  if (!/["`[]/.test(query.charAt(at)) || PATTERNS.slice(0, 2).some(([, pattern]) => matchAt(pattern, query, at))) {
    for (const [kind, pattern] of PATTERNS) {
      const text = matchAt(pattern, query, at);
      if (text !== undefined) return { kind, text, from: at, to: at + text.length };
    }
  }
  return { kind: "broken", text: query.slice(at), from: at, to: query.length };
}

function matchAt(pattern: RegExp, query: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(query)?.[0];
}

/** Where a position lies; both count from 1. */
export function placeOf(query: string, position: number): { readonly line: number; readonly column: number } {
  const before = query.slice(0, position);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: position - start + 1 };
}
