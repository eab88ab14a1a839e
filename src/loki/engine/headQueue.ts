import type { Entry, StreamEntries } from "../entries";

/** A stream and the entry of it that comes next. */
export interface Head {
  readonly stream: StreamEntries;
  readonly entries: Iterator<Entry>;
  entry: Entry;
}

/** The streams of a query, the one whose next entry comes first in front (a binary heap). */
export class HeadQueue {
  private readonly heads: Head[] = [];

  constructor(private readonly backward: boolean) {}

  get first(): Head | undefined {
    return this.heads[0];
  }

  add(head: Head | undefined): void {
    if (head === undefined) return;
    this.heads.push(head);
    let at = this.heads.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) break;
      this.swap(at, parent);
      at = parent;
    }
  }

  /** Moves the stream in front to its next entry. */
  advance(): void {
    const [head] = this.heads;
    if (head === undefined) return;
    const next = head.entries.next();
    if (next.done !== true) head.entry = next.value;
    else {
      const last = this.heads.pop();
      if (last !== undefined && this.heads.length > 0) this.heads[0] = last;
    }
    this.sink();
  }

  private sink(): void {
    for (let at = 0; ; ) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.heads.length && this.before(child, first)) first = child;
      if (first === at) return;
      this.swap(at, first);
      at = first;
    }
  }

  private before(left: number, right: number): boolean {
    const one = this.heads[left]?.entry.ts ?? 0n;
    const other = this.heads[right]?.entry.ts ?? 0n;
    return this.backward ? one > other : one < other;
  }

  private swap(left: number, right: number): void {
    const one = this.heads[left];
    const other = this.heads[right];
    if (one === undefined || other === undefined) return;
    this.heads[left] = other;
    this.heads[right] = one;
  }
}
