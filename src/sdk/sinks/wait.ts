/** A sync write waits at most this long in all for a blocked pipe, ms. */
export const MAX_BLOCKED_MS = 20;

let cell: Int32Array | undefined;

/** Stops this thread for some ms. */
function sleepSync(ms: number): void {
  cell ??= new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(cell, 0, 0, ms);
}

/** A back-off for one blocked write: 1, 2, 4 … ms, MAX_BLOCKED_MS in all. */
export class BackOff {
  #waited = 0;
  #next = 1;

  /** @returns false when the time is up and nothing was waited */
  wait(): boolean {
    if (this.#waited >= MAX_BLOCKED_MS) return false;
    const ms = Math.min(this.#next, MAX_BLOCKED_MS - this.#waited);
    sleepSync(ms);
    this.#waited += ms;
    this.#next *= 2;
    return true;
  }
}
