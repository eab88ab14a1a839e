/**
 * Why a Loki gave no answer:
 * `limit` a limit of Loki was reached (see `limit`), `refused` the query itself was refused (400), `unauthorised` 401 or
 * 403, `missing` 404, `too_many_requests` 429, `unavailable` no connection or 5xx, `timeout`, `broken_answer` an answer
 * that is not what Loki says, `aborted` by the caller.
 */
export type LokiErrorKind =
  | "limit"
  | "refused"
  | "unauthorised"
  | "missing"
  | "too_many_requests"
  | "unavailable"
  | "timeout"
  | "broken_answer"
  | "aborted";

/** Limits of Loki that a query can meet, by the names of its configuration; `points` has none there. */
export type LokiLimit =
  | "max_entries_limit_per_query"
  | "max_query_series"
  | "max_query_length"
  | "max_query_bytes_read"
  | "query_timeout"
  | "points"
  | "ingestion_rate"
  | "other";

export interface LokiErrorDetails {
  readonly kind: LokiErrorKind;
  /** What happened, where, and what to do about it; Loki's own text included. */
  readonly message: string;
  readonly status?: number;
  readonly limit?: LokiLimit;
  /** Loki's own text. */
  readonly text?: string;
  readonly cause?: unknown;
}

/** The one error of everything that speaks to a Loki. */
export class LokiError extends Error {
  override readonly name = "LokiError";
  readonly kind: LokiErrorKind;
  readonly status: number | undefined;
  readonly limit: LokiLimit | undefined;
  readonly text: string | undefined;

  constructor(details: LokiErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.status = details.status;
    this.limit = details.limit;
    this.text = details.text;
  }

  /** Whether asking again later may help. */
  get retriable(): boolean {
    return this.kind === "unavailable" || this.kind === "timeout" || this.kind === "too_many_requests";
  }
}
