import type { Micros } from "../../../core/wire";

/** The time the scripted agents live in. */
export interface DemoTime {
  /** µs since the Unix epoch. */
  now(): Micros;
  /**
   * Resolves after so many ms of the agents' time.
   *
   * @param least and after no less than so many ms on the clock of the lines
   */
  wait(ms: number, least?: number): Promise<void>;
  /** What an answer says of a call that takes so long, ms; undefined: the clock tells. */
  told(ms: number): number | undefined;
}

/** Someone who waits. */
export interface Waiter {
  readonly at: number;
  /** Of those who wait for the same moment the first comes first. */
  readonly order: number;
  wake(): void;
}

/** Who waits, in the order in which they are woken. */
export class Waiters {
  readonly #sorted: Waiter[] = [];
  #count = 0;

  get next(): Waiter | undefined {
    return this.#sorted[0];
  }

  /** Resolves when it is taken out and woken. */
  join(at: number): Promise<void> {
    return new Promise((resolve) => {
      const order = this.#count++;
      const place = this.#sorted.findLastIndex((other) => other.at <= at) + 1;
      this.#sorted.splice(place, 0, { at, order, wake: resolve });
    });
  }

  /** Takes out the next one. */
  take(): Waiter | undefined {
    return this.#sorted.shift();
  }
}
