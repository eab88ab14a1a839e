/** Where one stored line is: nanoseconds into its hour, position and length of the text, length of its metadata. */
export interface Place {
  readonly rel: number;
  readonly at: number;
  readonly line: number;
  readonly meta: number;
}

/** Rows in time order; the arrays may be longer than `count`. Rows below `count` never change once handed out. */
export interface Rows {
  readonly rel: Float64Array;
  readonly at: Float64Array;
  readonly line: Uint32Array;
  readonly meta: Uint32Array;
  readonly count: number;
}

const FIRST_CAPACITY = 8;
/** A late line is looked for one by one among so many others before all are put in order. */
const LEAST_TAIL = 256;

/**
 * The lines of one stream within one hour, by time, then by the order they were stored. Lines that come in order are
 * added at the end; late ones gather in a tail that is merged when it is long or when the rows are read.
 */
export class Columns {
  #rel = new Float64Array(FIRST_CAPACITY);
  #at = new Float64Array(FIRST_CAPACITY);
  #line = new Uint32Array(FIRST_CAPACITY);
  #meta = new Uint32Array(FIRST_CAPACITY);
  #count = 0;
  /** So many rows from the front are in order. */
  #sorted = 0;

  /** Memory of the rows. */
  get bytes(): number {
    return this.#rel.length * 24;
  }

  add({ rel, at, line, meta }: Place): void {
    if (this.#count === this.#rel.length) this.#grow();
    const row = this.#count++;
    this.#rel[row] = rel;
    this.#at[row] = at;
    this.#line[row] = line;
    this.#meta[row] = meta;
    if (this.#sorted !== row) {
      if (row - this.#sorted > Math.max(LEAST_TAIL, Math.sqrt(row))) this.#settle();
    } else if (row === 0 || rel >= (this.#rel[row - 1] ?? 0)) {
      this.#sorted = this.#count;
    }
  }

  /** All rows in order. */
  rows(): Rows {
    this.#settle();
    return { rel: this.#rel, at: this.#at, line: this.#line, meta: this.#meta, count: this.#count };
  }

  /** Lines of exactly this time. */
  *equal(rel: number): Generator<Place> {
    for (let row = lowerBound(this.#rel, this.#sorted, rel); row < this.#sorted && this.#rel[row] === rel; row++) {
      yield this.#place(row);
    }
    for (let row = this.#sorted; row < this.#count; row++) if (this.#rel[row] === rel) yield this.#place(row);
  }

  #place(row: number): Place {
    return {
      rel: this.#rel[row] ?? 0,
      at: this.#at[row] ?? 0,
      line: this.#line[row] ?? 0,
      meta: this.#meta[row] ?? 0,
    };
  }

  #grow(): void {
    const capacity = this.#rel.length * 2;
    this.#rel = grown(this.#rel, new Float64Array(capacity));
    this.#at = grown(this.#at, new Float64Array(capacity));
    this.#line = grown(this.#line, new Uint32Array(capacity));
    this.#meta = grown(this.#meta, new Uint32Array(capacity));
  }

  /** Merges the tail into new arrays: rows that were handed out stay as they are. */
  #settle(): void {
    if (this.#sorted === this.#count) return;
    const [rel, at] = [this.#rel, this.#at];
    const before = (a: number, b: number): number => (rel[a] ?? 0) - (rel[b] ?? 0) || (at[a] ?? 0) - (at[b] ?? 0);
    const tail = Array.from({ length: this.#count - this.#sorted }, (_, index) => this.#sorted + index).sort(before);
    const order = new Uint32Array(this.#count);
    let front = 0;
    let back = 0;
    for (let row = 0; row < order.length; row++) {
      const late = tail[back];
      if (late === undefined || (front < this.#sorted && before(front, late) <= 0)) order[row] = front++;
      else {
        order[row] = late;
        back++;
      }
    }
    this.#rel = reordered(this.#rel, order, new Float64Array(this.#rel.length));
    this.#at = reordered(this.#at, order, new Float64Array(this.#rel.length));
    this.#line = reordered(this.#line, order, new Uint32Array(this.#rel.length));
    this.#meta = reordered(this.#meta, order, new Uint32Array(this.#rel.length));
    this.#sorted = this.#count;
  }
}

/** The first of the first `count` rows, which are in order, whose time is not before `rel`. */
export function lowerBound(rows: Float64Array, count: number, rel: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < rel) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function reordered<T extends Float64Array | Uint32Array>(from: T, order: Uint32Array, to: T): T {
  for (let row = 0; row < order.length; row++) to[row] = from[order[row] ?? 0] ?? 0;
  return to;
}
