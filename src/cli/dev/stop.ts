/** When and why following ends: on purpose, or by the first error of anything that runs beside it. */
export class Stop {
  readonly stopped: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  readonly #running = new Set<Promise<void>>();
  isStopped = false;

  constructor() {
    this.stopped = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // An error before anybody waits is not lost: `stopped` stays rejected.
    this.stopped.catch(() => undefined);
  }

  now(): void {
    this.isStopped = true;
    this.#resolve();
  }

  /** Ends with the error of something that runs beside. Once stopped, the errors of what is being torn down are none. */
  guard(work: Promise<void>): void {
    const guarded = work.catch((error: unknown) => {
      if (this.isStopped) return;
      this.isStopped = true;
      this.#reject(error);
    });
    this.#running.add(guarded);
    void guarded.finally(() => this.#running.delete(guarded));
  }

  /** Waits for what still runs. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** A callback for a timer that is left out while the last one still runs. */
  oneAtATime(work: () => Promise<void>): () => void {
    let busy = false;
    return () => {
      if (busy || this.isStopped) return;
      busy = true;
      this.guard(
        work().finally(() => {
          busy = false;
        }),
      );
    };
  }
}
