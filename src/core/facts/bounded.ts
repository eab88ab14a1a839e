/** A list that keeps its last `limit` items. */
export class LastItems<T> {
  readonly #limit: number;
  #items: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(item: T): void {
    this.#items.push(item);
    // Cut in bulk: amortised O(1), at most twice the limit in memory.
    if (this.#items.length >= this.#limit * 2) this.#items = this.#items.slice(-this.#limit);
  }

  clear(): void {
    if (this.#items.length > 0) this.#items = [];
  }

  toArray(): T[] {
    return this.#items.slice(-this.#limit);
  }
}

/** A list that keeps its first and its last `half` items. */
export class EndItems<T> {
  readonly #half: number;
  readonly #first: T[] = [];
  readonly #last: LastItems<T>;

  constructor(half: number) {
    this.#half = half;
    this.#last = new LastItems(half);
  }

  push(item: T): void {
    if (this.#first.length < this.#half) this.#first.push(item);
    else this.#last.push(item);
  }

  toArray(): T[] {
    return [...this.#first, ...this.#last.toArray()];
  }
}

/** Appends to a list that keeps its first `limit` items. */
export function pushFirst<T>(list: T[], item: T, limit: number): void {
  if (list.length < limit) list.push(item);
}
