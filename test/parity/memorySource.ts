import type { Labels, Matcher } from "../../src/logql/api";
import { textMatcher } from "../../src/loki/engine";
import type { Entry, EntryRange, EntrySource, StreamEntries } from "../../src/loki/entries";

export interface MemoryStream {
  readonly labels: Labels;
  readonly entries: readonly Entry[];
}

/** Streams in memory, their entries ordered by time. */
export class MemorySource implements EntrySource {
  constructor(private readonly streams: readonly MemoryStream[]) {}

  select(matchers: readonly Matcher[], { start, end, direction }: EntryRange): readonly StreamEntries[] {
    return this.streams
      .filter(({ labels }) => matchers.every((matcher) => textMatcher(matcher)(labels[matcher.name] ?? "")))
      .map(({ labels, entries }) => {
        const inRange = entries.filter(({ ts }) => ts >= start && ts < end);
        return { labels, entries: direction === "forward" ? inRange : inRange.reverse() };
      })
      .filter(({ entries }) => entries.length > 0);
  }
}
