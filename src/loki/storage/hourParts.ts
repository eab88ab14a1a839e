import type { ByteCache } from "./byteCache";
import type { Columns } from "./columns";
import type { SegmentFile } from "./segmentFile";
import type { Stream } from "./streams";

/** A line on its way into an hour. */
export interface NewLine {
  readonly stream: Stream;
  /** Nanoseconds into the hour. */
  readonly rel: number;
  readonly line: string;
  /** Of the line in UTF-8. */
  readonly bytes: number;
  /** Structured metadata as `labelsKey` writes it. */
  readonly meta: string;
}

/** Lines that are in the file but not yet to be seen. */
export interface Written {
  publish(): void;
  undo(): void;
}

/** Where in the index file some rows of one stream begin, and how many there are; the list itself is a stream's identity. */
export type Indexed = { readonly at: number; readonly count: number }[];

export interface HourParts {
  readonly lines: SegmentFile;
  readonly index: SegmentFile;
  /** Places of lines that were used last, of all hours. */
  readonly tables: ByteCache<Indexed, Columns>;
  readonly report: (message: string) => void;
}
