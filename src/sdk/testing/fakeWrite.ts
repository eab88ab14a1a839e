import type { writeSync } from "node:fs";

/** What the next write does: takes everything, takes some bytes, or fails with a code. */
export type Behaviour = "all" | number | string;

/** Stands in for the system call: takes bytes as told and keeps what it took. */
export class FakeWrite {
  /** What the writes to come do; when empty, they take everything. */
  readonly next: Behaviour[] = [];
  /** What all writes to come do, once `next` is empty. */
  always: Behaviour = "all";
  calls = 0;
  #taken = Buffer.alloc(0);

  get text(): string {
    return this.#taken.toString("utf8");
  }

  readonly write: typeof writeSync = (
    _fd: number,
    data: string | NodeJS.ArrayBufferView,
    start?: unknown,
    length?: unknown,
  ): number => {
    this.calls++;
    const bytes =
      typeof data === "string" ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const rest =
      typeof start === "number" && typeof length === "number" ? bytes.subarray(start, start + length) : bytes;
    const behaviour = this.next.shift() ?? this.always;
    if (typeof behaviour === "string" && behaviour !== "all") {
      throw Object.assign(new Error(`${behaviour}: write`), { code: behaviour });
    }
    const taken = rest.subarray(0, typeof behaviour === "number" ? behaviour : undefined);
    this.#taken = Buffer.concat([this.#taken, taken]);
    return taken.length;
  };
}
