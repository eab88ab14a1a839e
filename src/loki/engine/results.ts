import type { Labels, Nanos } from "../../logql/api";

/** A line of the answer; its labels by where they come from, so that they can be written merged or apart. */
export interface FoundLine {
  readonly ts: Nanos;
  readonly line: string;
  readonly stream: Labels;
  /** Structured metadata. */
  readonly metadata: Labels;
  /** What the pipeline parsed, `__error__` included. */
  readonly parsed: Labels;
}

/** Lines in the order asked for by timestamp; lines of one stream and timestamp in the order they were stored. */
export interface LogResult {
  readonly lines: readonly FoundLine[];
}

export interface VectorSample {
  readonly labels: Labels;
  readonly value: number;
}

/** One number without labels (`1 + 1`), or one sample for each series; sorted by labels unless the query sorts. */
export type InstantResult =
  | { readonly kind: "scalar"; readonly timeMs: number; readonly value: number }
  | { readonly kind: "vector"; readonly timeMs: number; readonly samples: readonly VectorSample[] };

export interface MatrixSeries {
  readonly labels: Labels;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

/** Sorted by labels. */
export interface MatrixResult {
  readonly series: readonly MatrixSeries[];
}

/** All labels of a line as Loki merges them: parsed ones before metadata before those of the stream. */
export function mergedLabels({ stream, metadata, parsed }: FoundLine): Labels {
  return { ...stream, ...metadata, ...parsed };
}
