import { parseError } from "../errors";
import { readLogqlDuration, readPrometheusDuration } from "../text/duration";
import { syntaxErrorAt } from "./syntaxError";
import { placeOf, tokensOf } from "./tokens";

/** A window `[5m]` and the `offset` that stands behind it, nanoseconds. */
export interface WindowText {
  readonly window: bigint;
  readonly offset: bigint;
}

export interface WithoutOffsets {
  /** The query with every window replaced by `[1s]`-like text of equal length and every `offset` by spaces. */
  readonly text: string;
  /** Windows by the position of their opening bracket. */
  readonly windows: ReadonlyMap<number, WindowText>;
}

/**
 * Reads windows and offsets ahead of the grammar, which knows `offset` in some places of a query only and takes durations
 * that Loki refuses.
 *
 * @throws QueryError for a window or an offset that is no duration
 */
export function readWindows(query: string): WithoutOffsets {
  const windows = new Map<number, WindowText>();
  const tokens = tokensOf(query);
  let text = query;
  const blank = (from: number, to: number): void => {
    text = `${text.slice(0, from)}${" ".repeat(to - from)}${text.slice(to)}`;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "broken") throw syntaxErrorAt(query, token.from);
    if (token.kind !== "range") continue;
    const window = readPrometheusDuration(token.text.slice(1, -1));
    if (typeof window !== "bigint") throw parseError(window.problem, placeOf(query, token.from));
    text = `${text.slice(0, token.from)}${"[1s]".padEnd(token.text.length)}${text.slice(token.to)}`.slice(
      0,
      query.length,
    );
    let offset = 0n;
    const word = tokens[index + 1];
    if (word?.kind === "word" && word.text.toLowerCase() === "offset") {
      const sign = tokens[index + 2]?.text === "-" ? 1 : 0;
      const amount = tokens[index + 2 + sign];
      const value = amount?.kind === "number" ? readLogqlDuration(amount.text) : undefined;
      if (amount === undefined || value === undefined || !/[a-zµ]$/i.test(amount.text)) {
        throw syntaxErrorAt(query, amount?.from ?? query.length);
      }
      offset = sign === 1 ? -value : value;
      blank(word.from, amount.to);
    }
    windows.set(token.from, { window, offset });
  }
  return { text, windows };
}
