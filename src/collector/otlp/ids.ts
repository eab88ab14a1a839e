import type { Wire } from "./wire";

const NO_IDS: ReadonlySet<string> = new Set(["0".repeat(16), "0".repeat(32)]);

/**
 * Reads ids of one kind. Of a request the spans of one trace follow one another, and so do those of one parent: an id like the
 * one before is not written as hex again.
 */
class IdReader {
  readonly #length: number;
  #lastStart = -1;
  #last: string | undefined;

  /** @param length of such an id, bytes */
  constructor(length: number) {
    this.#length = length;
  }

  /** Lower-case hex of the id that follows; undefined where it is zero or has another length. */
  read({ reader, buffer, view }: Wire): string | undefined {
    const length = reader.size();
    const start = reader.pos;
    reader.skip(length);
    if (length !== this.#length) return undefined;
    if (!this.#isLast(view, start)) {
      const id = buffer.toString("hex", start, start + length);
      this.#last = NO_IDS.has(id) ? undefined : id;
    }
    this.#lastStart = start;
    return this.#last;
  }

  #isLast(view: DataView, start: number): boolean {
    if (this.#lastStart < 0) return false;
    for (let at = 0; at < this.#length; at += 4) {
      if (view.getInt32(start + at) !== view.getInt32(this.#lastStart + at)) return false;
    }
    return true;
  }
}

/** The readers of the ids of one body. */
export class Ids {
  readonly trace = new IdReader(16);
  readonly span = new IdReader(8);
  readonly parent = new IdReader(8);
}
