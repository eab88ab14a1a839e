interface Waiting {
  readonly line: string;
  readonly bytes: number;
}

/** Lines that wait to be sent, within a bound of bytes. */
export class LineQueue {
  readonly #maxBytes: number;
  #lines: Waiting[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#lines.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns false when there is no room for the line: those that wait are kept */
  add(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#lines.push({ line, bytes });
    this.#bytes += bytes;
    return true;
  }

  /** The oldest lines, at most so many bytes of them, at least one. They stay until they are removed. */
  first(maxBytes: number): string[] {
    const lines: string[] = [];
    let total = 0;
    for (const { line, bytes } of this.#lines) {
      total += bytes;
      if (lines.length > 0 && total > maxBytes) break;
      lines.push(line);
    }
    return lines;
  }

  /** Removes the oldest lines. */
  remove(count: number): void {
    for (const { bytes } of this.#lines.slice(0, count)) this.#bytes -= bytes;
    this.#lines = this.#lines.slice(count);
  }
}
