/** Keeps what was used last, up to a number of bytes. */
export class ByteCache<K, V> {
  readonly #maxBytes: number;
  readonly #held = new Map<K, { readonly value: V; readonly bytes: number }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: K): V | undefined {
    const found = this.#held.get(key);
    if (found === undefined) return undefined;
    // A map keeps the order of insertion: the last used goes to its end.
    this.#held.delete(key);
    this.#held.set(key, found);
    return found.value;
  }

  /** Keeps a value, and drops the least recently used others until all fit; the newest one stays even when too big. */
  set(key: K, value: V, bytes: number): void {
    this.delete(key);
    this.#held.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#maxBytes || this.#held.size === 1) return;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const found = this.#held.get(key);
    if (found === undefined) return;
    this.#held.delete(key);
    this.#bytes -= found.bytes;
  }
}
