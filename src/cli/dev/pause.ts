import type { Io } from "../io";

/** A pause by the timers of the command, over at once when the signal aborts. */
export function pauseOf(io: Pick<Io, "every">): (ms: number, signal: AbortSignal | undefined) => Promise<void> {
  return (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const over = (): void => {
        off();
        signal?.removeEventListener("abort", over);
        resolve();
      };
      const off = io.every(ms, over);
      signal?.addEventListener("abort", over);
    });
}
