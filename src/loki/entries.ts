import type { Labels, Matcher, Nanos } from "../logql/api";

/** One stored line. */
export interface Entry {
  readonly ts: Nanos;
  readonly line: string;
  /** Structured metadata; absent where there is none. */
  readonly metadata?: Labels;
}

/** A stream and its entries of the asked time, read as they are needed. */
export interface StreamEntries {
  readonly labels: Labels;
  /** In the order asked for, by ts; entries of one ts in the order they were stored (backward: the exact reverse). */
  readonly entries: Iterable<Entry>;
}

/** The time asked for: `start` ≤ ts < `end`. */
export interface EntryRange {
  readonly start: Nanos;
  readonly end: Nanos;
  readonly direction: "forward" | "backward";
}

/** What the query engine reads and the storage provides; reading is synchronous. */
export interface EntrySource {
  /** Streams that all matchers match and that have entries in the range, in no particular order. */
  select(matchers: readonly Matcher[], range: EntryRange): readonly StreamEntries[];
}
