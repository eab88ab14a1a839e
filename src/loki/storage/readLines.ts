import type { Entry, EntryRange } from "../entries";
import { lowerBound, type Rows } from "./columns";
import { HOUR_NS } from "./hourTime";
import { labelsOf } from "./labels";
import { BLOCK_SIZE, readBytes, type SegmentFile } from "./segmentFile";

interface ReadRange extends EntryRange {
  /** Reads each line by itself, and keeps nothing. */
  readonly direct: boolean;
}

/** The lines of these rows within the range, in its direction, read block by block as they are asked for. */
export function* readLines(file: SegmentFile, hour: bigint, rows: Rows, range: ReadRange): Generator<Entry> {
  const first = lowerBound(rows.rel, rows.count, within(range.start - hour));
  const last = lowerBound(rows.rel, rows.count, within(range.end - hour));
  const forward = range.direction === "forward";
  const reader = new TextReader(file, range.direct);
  for (let step = 0; step < last - first; step++) {
    const row = forward ? first + step : last - 1 - step;
    const [at, length, meta] = [rows.at[row] ?? 0, rows.line[row] ?? 0, rows.meta[row] ?? 0];
    const ts = hour + BigInt(rows.rel[row] ?? 0);
    const line = reader.text(at, length);
    if (meta === 0) yield { ts, line };
    else yield { ts, line, metadata: labelsOf(reader.text(at + length, meta)) ?? {} };
  }
}

/** Nanoseconds into the hour, kept within it. */
function within(rel: bigint): number {
  if (rel <= 0n) return 0;
  return Number(rel > HOUR_NS ? HOUR_NS : rel);
}

/** Reads texts that mostly lie in the block of the one before. */
class TextReader {
  #number = -1;
  #block: Buffer = Buffer.alloc(0);

  constructor(
    private readonly file: SegmentFile,
    private readonly direct: boolean,
  ) {}

  text(at: number, length: number): string {
    if (this.direct) return this.file.direct(at, length).toString();
    const number = Math.floor(at / BLOCK_SIZE);
    const start = at - number * BLOCK_SIZE;
    if (start + length > BLOCK_SIZE) return readBytes(this.file, at, length).toString();
    if (number !== this.#number) {
      this.#block = this.file.block(number);
      this.#number = number;
    }
    return this.#block.toString("utf8", start, start + length);
  }
}
