interface Entry<V> {
  readonly value: V;
  readonly until: number;
}

/** Answers that stay good for a while, the ones used longest ago dropped first. Only whole answers are kept, never a promise. */
export class Kept<V> {
  readonly #most: number;
  readonly #entries = new Map<string, Entry<V>>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, nowMs: number): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.until <= nowMs) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V, untilMs: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: untilMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
    }
  }
}
