import { QueryError } from "./errors";
import { goDuration, prometheusDuration } from "./text/durationText";

/** Limits on queries, by the names of Loki's configuration; `points` has none there. */
export interface Limits {
  readonly max_entries_limit_per_query: number;
  readonly max_query_series: number;
  /** Nanoseconds. */
  readonly max_query_length: bigint;
  /** Steps of one range query. */
  readonly points: number;
}

const HOUR_NS = 3_600_000_000_000n;

/** Loki's defaults. */
export const LIMITS: Limits = {
  max_entries_limit_per_query: 5000,
  max_query_series: 500,
  max_query_length: 721n * HOUR_NS,
  points: 11_000,
};

/** @throws QueryError when the end lies before the start, or both lie too far apart */
export function checkBounds(start: bigint, end: bigint): void {
  if (end < start) throw new QueryError(400, "end timestamp must not be before or equal to start time");
}

const toMs = (time: bigint): bigint => (time / 1_000_000n) * 1_000_000n;

/** @throws QueryError for a time range longer than `max_query_length`, which Loki measures between whole ms */
export function checkLength(start: bigint, end: bigint, limits: Limits): void {
  const length = toMs(end) - toMs(start);
  if (length <= limits.max_query_length) return;
  throw new QueryError(
    400,
    `the query time range exceeds the limit (query length: ${goDuration(length)}, limit: ${prometheusDuration(limits.max_query_length)})`,
  );
}

/** @throws QueryError for a limit that is no positive number, or above `max_entries_limit_per_query` */
export function checkEntries(limit: number, limits: Limits): void {
  if (!(limit > 0)) throw new QueryError(400, "limit must be a positive value");
  const most = limits.max_entries_limit_per_query;
  if (limit <= most) return;
  throw new QueryError(
    400,
    `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${most})`,
  );
}

/**
 * Loki checks this on log queries too when they come with a step.
 *
 * @throws QueryError for a step that is not positive, or more points than allowed
 */
export function checkStep(start: bigint, end: bigint, stepMs: number, limits: Limits): void {
  if (!(stepMs > 0)) {
    throw new QueryError(400, "zero or negative query resolution step widths are not accepted. Try a positive integer");
  }
  if ((end - start) / BigInt(Math.round(stepMs * 1e6)) <= BigInt(limits.points)) return;
  throw new QueryError(
    400,
    `exceeded maximum resolution of ${limits.points.toLocaleString("en-US")} points per time series. Try increasing the value of the step parameter`,
  );
}
