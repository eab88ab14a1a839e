/**
 * Everything that asks a Loki for runs: queries, a client and readers. Pure: `fetch`, clocks and random numbers are given
 * by the caller.
 *
 * @example
 * const loki = new HttpLoki({ url: "http://localhost:3100" }, platform);
 * const { runs } = await listRuns(loki, { start, end, now, filter: { agents: ["support-bot"] } });
 */
export type {
  InstantQuery,
  LabelQuery,
  Labels,
  LogEntry,
  LogQuery,
  LogqlText,
  LokiApi,
  Matcher,
  Nanos,
  RangeQuery,
  Sample,
  Series,
} from "./api";
export * from "./builders";
export * from "./client";
export { LokiError, type LokiErrorDetails, type LokiErrorKind, type LokiLimit } from "./errors";
export * from "./readers";
