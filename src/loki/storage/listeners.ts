import type { Labels } from "../../logql/api";
import type { NewLine } from "./hourParts";
import { HOUR_NS } from "./hourTime";

/** A line that came to be in the store. */
export interface StoredLine {
  readonly labels: Labels;
  readonly ts: bigint;
  readonly line: string;
}

/** Told of the new lines of each push, in the order of their time. What it throws, the pusher gets. */
export type StoredListener = (lines: readonly StoredLine[]) => void;

/** Who is told of lines as they are stored. */
export class Listeners {
  readonly #listeners = new Set<StoredListener>();

  /** @returns ends it */
  add(listener: StoredListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(byHour: ReadonlyMap<number, readonly NewLine[]>): void {
    if (this.#listeners.size === 0 || byHour.size === 0) return;
    const lines = [...byHour].flatMap(([number, fresh]) => {
      const start = BigInt(number) * HOUR_NS;
      return fresh.map(
        ({ stream, rel, line }): StoredLine => ({ labels: stream.labels, ts: start + BigInt(rel), line }),
      );
    });
    // A push comes stream by stream.
    if (lines.length > 1) lines.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
    for (const listener of this.#listeners) listener(lines);
  }
}
