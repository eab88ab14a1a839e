import { LokiError, type LokiErrorKind, type LokiLimit } from "../errors";

/** Loki's own words for the limits a query can meet, as versions 3.0 to 3.7 write them. */
const LIMIT_TEXTS: readonly (readonly [RegExp, LokiLimit])[] = [
  [/max(imum number of|imum of)? ?series .*(reached|exceeded)|maximum number of series/i, "max_query_series"],
  [/max entries limit/i, "max_entries_limit_per_query"],
  [/exceeded maximum resolution of [\d,]+ points/i, "points"],
  [/query time range exceeds the limit|query length: .*limit:/i, "max_query_length"],
  [/too many bytes|too large to execute on a single querier|bytes read limit/i, "max_query_bytes_read"],
  [/request timed out|context deadline exceeded|query timed out|query timeout/i, "query_timeout"],
  [/ingestion rate limit|per[- ]stream rate limit/i, "ingestion_rate"],
  [/limit exceeded|exceeds (the )?limit|limit reached/i, "other"],
];

/** What to do about a limit. */
const REMEDIES: Readonly<Record<LokiLimit, string>> = {
  max_query_series: "take a shorter time range, fewer agents or fewer groups at once, or raise max_query_series",
  max_entries_limit_per_query: "ask for fewer lines at once, or raise max_entries_limit_per_query",
  points: "take a longer step or a shorter time range",
  max_query_length: "take a shorter time range, or raise max_query_length",
  max_query_bytes_read: "narrow the time range or the agents, or raise max_query_bytes_read",
  query_timeout: "narrow the time range or the agents, or raise query_timeout",
  ingestion_rate: "wait, or raise ingestion_rate_mb and per_stream_rate_limit",
  other: "narrow the question, or raise the limit that Loki names",
};

/** Which limit a text of Loki speaks of. */
export function limitOf(text: string): LokiLimit | undefined {
  return LIMIT_TEXTS.find(([pattern]) => pattern.test(text))?.[1];
}

/** What was asked, for messages. */
export interface Asked {
  /** Without credentials and parameters. */
  readonly url: string;
  /** LogQL or the name of a label. */
  readonly query: string;
}

const MOST_OF_A_QUERY = 300;
const MOST_OF_A_TEXT = 500;

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

/** `at http://localhost:3100/loki/api/v1/query for {agent_id="a"}` */
export function placeOf({ url, query }: Asked): string {
  return `at ${url}${query === "" ? "" : ` for ${shortened(query, MOST_OF_A_QUERY)}`}`;
}

function kindOf(status: number, limit: LokiLimit | undefined): LokiErrorKind {
  if (status === 401 || status === 403) return "unauthorised";
  if (status === 404) return "missing";
  if (status === 429) return "too_many_requests";
  if (limit === "query_timeout" || status === 408 || status === 504) return "timeout";
  if (limit !== undefined) return "limit";
  return status >= 500 ? "unavailable" : "refused";
}

const NEXT: Readonly<Record<LokiErrorKind, string>> = {
  limit: REMEDIES.other,
  refused: "check the query and the base selector",
  unauthorised: "check user, password or token, and the tenant",
  missing: "check the URL: it is what stands before /loki/api/v1",
  too_many_requests: "wait and ask again, or raise the limit that Loki names",
  unavailable: "check that Loki runs and is reachable from here, then ask again",
  timeout: REMEDIES.query_timeout,
  broken_answer: "check that the URL is that of a Loki and that no proxy changes its answers",
  aborted: "ask again if it is still wanted",
};

/** The error for an answer that is no success. */
export function refusalOf(status: number, body: string, asked: Asked): LokiError {
  const text = ownText(body);
  const limit = limitOf(text);
  const kind = kindOf(status, limit);
  const what = limit === undefined || limit === "other" ? "" : `, limit ${limit}`;
  const next = limit === undefined ? NEXT[kind] : REMEDIES[limit];
  const said = text === "" ? "without a text" : shortened(text, MOST_OF_A_TEXT);
  return new LokiError({
    kind,
    message: `Loki answered ${status}${what} ${placeOf(asked)}: ${said}; ${next}`,
    status,
    text,
    ...(limit === undefined ? {} : { limit }),
  });
}

/**
 * The error for no answer at all, or one that cannot be read.
 *
 * @param next what to do about it, where that is not what it is for the kind
 */
export function failureOf(
  kind: "unavailable" | "timeout" | "aborted" | "broken_answer" | "unauthorised",
  what: string,
  asked: Asked,
  cause?: unknown,
  next: string = NEXT[kind],
): LokiError {
  return new LokiError({
    kind,
    message: `${what} ${placeOf(asked)}; ${next}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Loki writes plain text, gateways and Grafana write JSON around it. */
function ownText(body: string): string {
  const trimmed = body.trim();
  if (!trimmed.startsWith("{")) return trimmed;
  try {
    const parsed: unknown = JSON.parse(trimmed);
    if (typeof parsed !== "object" || parsed === null) return trimmed;
    if ("message" in parsed && typeof parsed.message === "string") return parsed.message;
    if ("error" in parsed && typeof parsed.error === "string") return parsed.error;
    return trimmed;
  } catch {
    // Not JSON after all: then it is the text itself.
    return trimmed;
  }
}
