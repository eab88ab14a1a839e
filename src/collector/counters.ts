/** Everything the collector counts besides what it assembles; all only grow. */
export interface Counters {
  /** Answered requests by route and status: `POST /v1/traces 200`. */
  readonly requests: Map<string, number>;
  /** Requests answered with 429, by what there was too much of: requests, wrong_keys. */
  readonly limitedRequests: Map<string, number>;
  /** Spans that could not be used, by reason. */
  readonly refusedSpans: Map<string, number>;
  /** Spans that no dialect tells about, by name; those beyond the first hundred names under `other`. */
  readonly unknownSpans: Map<string, number>;
  /** Runs written. */
  runs: number;
  /** Traces in which nothing of an agent happened. */
  traces_without_run: number;
  deploys: number;
  /** Signals found, by failure type. */
  readonly signals: Map<string, number>;
  /** Lines written, and lines that an output lost at once. */
  lines: number;
  lost_lines: number;
  /** Lines taken over `POST /v1/events`, and lines there that were none of ours or broken. */
  taken_lines: number;
  foreign_lines: number;
  broken_lines: number;
  /** Terminal lines of runs that were judged before. */
  duplicate_lines: number;
  /** Runs without verdicts of which events are missing here: their lines went on as they came. */
  unjudged_runs: number;
  /** Events over `POST /v1/ingest` by what became of them: taken, ignored, duplicate, refused. */
  readonly ingested: Map<string, number>;
}

export function newCounters(): Counters {
  return {
    requests: new Map(),
    limitedRequests: new Map(),
    refusedSpans: new Map(),
    unknownSpans: new Map(),
    runs: 0,
    traces_without_run: 0,
    deploys: 0,
    signals: new Map(),
    lines: 0,
    lost_lines: 0,
    taken_lines: 0,
    foreign_lines: 0,
    broken_lines: 0,
    duplicate_lines: 0,
    unjudged_runs: 0,
    ingested: new Map(),
  };
}

/** Names that senders choose are kept up to here: memory is bounded, whatever is sent. */
const MOST_NAMES = 100;
const OTHER = "other";

/** Adds to a count by a name that a sender chose. */
export function count(counts: Map<string, number>, name: string, by = 1): void {
  const key = counts.has(name) || counts.size < MOST_NAMES ? name : OTHER;
  counts.set(key, (counts.get(key) ?? 0) + by);
}
