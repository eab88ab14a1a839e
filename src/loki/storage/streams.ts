import type { Labels } from "../../logql/api";
import { labelsKey, labelsText } from "./labels";

/** Lines of one set of labels. */
export class Stream {
  /** Labels as Loki writes them. */
  readonly text: string;
  /** The newest line's time; 0 before the first line. */
  newest = 0n;

  constructor(readonly labels: Labels) {
    this.text = labelsText(labels);
  }

  /** A line of this time is there. */
  seen(ts: bigint): void {
    if (ts > this.newest) this.newest = ts;
  }
}

/** All streams of a store by their labels. */
export class Streams {
  readonly #streams = new Map<string, Stream>();

  get size(): number {
    return this.#streams.size;
  }

  get(labels: Labels): Stream | undefined {
    return this.#streams.get(labelsKey(labels));
  }

  /** The stream with these labels, which becomes known. */
  of(labels: Labels): Stream {
    const known = this.get(labels);
    if (known !== undefined) return known;
    const stream = new Stream(labels);
    this.add(stream);
    return stream;
  }

  add(stream: Stream): void {
    this.#streams.set(labelsKey(stream.labels), stream);
  }

  delete(stream: Stream): void {
    this.#streams.delete(labelsKey(stream.labels));
  }

  [Symbol.iterator](): IterableIterator<Stream> {
    return this.#streams.values();
  }
}
