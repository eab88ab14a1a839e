import type { Micros } from "../../../core/wire";
import type { Io } from "../../io";
import { type DemoTime, Waiters } from "./demoTime";

/** How often it is looked at who has waited long enough, ms. */
const LOOK_EVERY_MS = 20;

/** The wall clock; the agents' waits are so many times shorter than scripted, so that there is something to see. */
export class RealTime implements DemoTime {
  readonly #io: Pick<Io, "now" | "every">;
  readonly #speed: number;
  readonly #waiters = new Waiters();
  #stop: (() => void) | undefined;

  constructor(io: Pick<Io, "now" | "every">, speed: number) {
    this.#io = io;
    this.#speed = speed;
  }

  now = (): Micros => this.#io.now() * 1000;

  wait(ms: number, least = 0): Promise<void> {
    this.#stop ??= this.#io.every(LOOK_EVERY_MS, () => this.#look());
    return this.#waiters.join(this.#io.now() + Math.max(ms / this.#speed, least));
  }

  /** Waits are shorter than scripted: a stated duration would not fit the times of the lines. */
  told = (): undefined => undefined;

  #look(): void {
    const now = this.#io.now();
    for (let next = this.#waiters.next; next !== undefined && next.at <= now; next = this.#waiters.next) {
      this.#waiters.take();
      next.wake();
    }
  }

  /** Nobody is woken any more. */
  stop(): void {
    this.#stop?.();
    this.#stop = () => undefined;
  }
}
