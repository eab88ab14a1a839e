import type { Micros } from "../../../core/wire";
import { type DemoTime, Waiters } from "./demoTime";

/**
 * Resolves when everything that waits for no one has run. Ticks come after all promises that are settled and before any
 * timer, so that no timer ever fires inside the simulation: what is written depends on the script alone.
 */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/**
 * Time that passes as soon as everybody waits: hours of runs take as long as it takes to write their lines.
 *
 * @example
 * const time = new VirtualTime(start);
 * void agent(time);
 * await time.run();
 */
export class VirtualTime implements DemoTime {
  readonly #waiters = new Waiters();
  #now: Micros;

  constructor(start: Micros) {
    this.#now = start;
  }

  now = (): Micros => this.#now;

  told = (ms: number): number => ms;

  wait(ms: number): Promise<void> {
    return this.#waiters.join(this.#now + Math.round(ms * 1000));
  }

  /** Lets time pass until nobody waits any more. */
  async run(): Promise<void> {
    for (;;) {
      await settled();
      const waiter = this.#waiters.take();
      if (waiter === undefined) return;
      this.#now = waiter.at;
      waiter.wake();
    }
  }
}
