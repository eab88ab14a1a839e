import type {} from "./platform";

/** Nanoseconds since the epoch, as Loki counts time. */
export type Nanos = bigint;

declare const isLogql: unique symbol;
/** LogQL made by a builder, in which every value of outside is escaped. Only builders and `rawLogql` make it. */
export type LogqlText = string & { readonly [isLogql]: true };

/** One label matcher of a stream selector, its value not yet escaped. */
export interface Matcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

export type Labels = Readonly<Record<string, string>>;

/** A log query over `[start, end)`, at most `limit` lines (1 to 5,000). */
export interface LogQuery {
  readonly query: LogqlText;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly limit: number;
  readonly direction: "forward" | "backward";
}

/** A metric query at one instant: the window of `[5m]` is `(time − 5m, time]`. */
export interface InstantQuery {
  readonly query: LogqlText;
  readonly time: Nanos;
}

/** A metric query at start, start + step, … up to end, at most 11,000 points. */
export interface RangeQuery {
  readonly query: LogqlText;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly stepMs: number;
}

export interface LogEntry {
  readonly ts: Nanos;
  readonly line: string;
  /** Labels of the stream, structured metadata and parsed labels left out where Loki tells them apart. */
  readonly labels: Labels;
  /** Labels that the pipeline of the query parsed. */
  readonly parsed: Labels;
}

export interface Sample {
  readonly metric: Labels;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly value: number;
}

export interface Series {
  readonly metric: Labels;
  readonly points: readonly { readonly time: number; readonly value: number }[];
}

/** The time over which labels are looked for, and streams to which they are limited. */
export interface LabelQuery {
  readonly start: Nanos;
  readonly end: Nanos;
  readonly query?: LogqlText;
}

/**
 * What the product asks of a Loki: implemented over HTTP, by the embedded store in process, and by Grafana's Loki
 * datasource. Every method rejects with a `LokiError` (errors.ts) and nothing else, and stops when `signal` aborts.
 */
export interface LokiApi {
  /** Lines in the order of `direction` by timestamp; order of lines with one timestamp is not defined. */
  logs(query: LogQuery, signal?: AbortSignal): Promise<readonly LogEntry[]>;
  instant(query: InstantQuery, signal?: AbortSignal): Promise<readonly Sample[]>;
  range(query: RangeQuery, signal?: AbortSignal): Promise<readonly Series[]>;
  labelValues(label: string, query: LabelQuery, signal?: AbortSignal): Promise<readonly string[]>;
}
