import { parseError, type QueryError } from "../errors";
import { placeOf, type Token, tokensOf } from "./tokens";

/** Words that Loki names as they are in its errors; functions are named in capitals. */
const KEYWORDS =
  /^(?:by|without|bool|label_replace|offset|on|ignoring|group_left|group_right|or|and|unless|json|regexp|logfmt|unpack|pattern|label_format|line_format|ip|decolorize|drop|keep|variants|of|unwrap)$/i;
const FUNCTIONS =
  /^(?:rate|rate_counter|count_over_time|bytes_rate|bytes_over_time|avg_over_time|sum_over_time|min_over_time|max_over_time|stdvar_over_time|stddev_over_time|quantile_over_time|first_over_time|last_over_time|absent_over_time|vector|sum|avg|max|min|count|stddev|stdvar|bottomk|topk|sort|sort_desc|approx_topk)$/i;

/** The error of Loki's parser for a query that stops making sense at a position. */
export function syntaxErrorAt(query: string, position: number): QueryError {
  const tokens = tokensOf(query);
  const index = tokens.findIndex((token) => token.to > position);
  const token = tokens[index];
  if (token === undefined) return parseError("syntax error: unexpected $end", placeOf(query, query.length));
  if (token.kind === "broken") {
    const what = token.text.startsWith("[") ? "missing closing ']' in duration" : "literal not terminated";
    return parseError(what, placeOf(query, token.from));
  }
  return parseError(`syntax error: unexpected ${nameOf(token, tokens[index + 1])}`, placeOf(query, token.from));
}

function nameOf(token: Token, next: Token | undefined): string {
  switch (token.kind) {
    case "string":
      return "STRING";
    case "range":
      return "RANGE";
    case "number":
      return /[a-z]$/i.test(token.text) ? (/b$/i.test(token.text) ? "BYTES" : "DURATION") : "NUMBER";
    case "word":
      if (KEYWORDS.test(token.text)) return token.text.toLowerCase();
      return FUNCTIONS.test(token.text) && /^(?:\(|by|without)$/i.test(next?.text ?? "")
        ? token.text.toUpperCase()
        : "IDENTIFIER";
    default:
      return token.text;
  }
}
