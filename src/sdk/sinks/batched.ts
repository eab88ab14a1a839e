import type { Descriptor } from "./descriptor";
import type { Sink, Tell } from "./sink";
import type { Target } from "./target";
import { BackOff } from "./wait";

/** Lines are written when this many characters wait: larger batches are hardly faster. */
export const BATCH_LENGTH = 32_768;
const NEWLINE = "\n";
/** Between two tries of a flush that waits for a slow reader, ms. */
const RETRY_MS = 10;

export interface BatchOptions {
  /** The longest a line waits, ms; what kill -9 may lose. */
  readonly flushIntervalMs: number;
  /** What may wait while the output is blocked or full, characters; lines beyond it are dropped. */
  readonly maxQueueLength: number;
}

const isDead = (to: Descriptor): boolean => to.state === "dead";

/**
 * Collects lines and writes them by size and time, on exit and on a crash. While the output is blocked or full, lines wait
 * in memory within their bound, so that a passing trouble loses nothing.
 */
export class BatchedSink implements Sink {
  readonly name: string;
  dropped = 0;
  /** What is held back can be written at exit. */
  readonly waiting = false;
  readonly #target: Target;
  readonly #tell: Tell;
  readonly #options: BatchOptions;
  #pending = "";
  /** A batch that was written in part, from `#offset` on still to write. */
  #rest: Buffer | undefined;
  #offset = 0;
  #restOf: Descriptor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(target: Target, options: BatchOptions, tell: Tell) {
    this.name = target.name;
    this.#target = target;
    this.#options = options;
    this.#tell = tell;
  }

  write(line: string): boolean {
    const held = this.#rest === undefined ? 0 : this.#rest.length - this.#offset;
    if (this.#closed || held + this.#pending.length + line.length > this.#options.maxQueueLength) {
      this.dropped++;
      return false;
    }
    this.#pending += line;
    if (this.#rest === undefined && this.#pending.length >= BATCH_LENGTH) this.#push();
    else if (this.#timer === undefined) this.#startTimer();
    return true;
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#push()) this.#startTimer();
    }, this.#options.flushIntervalMs);
    this.#timer.unref();
  }

  /** Writes what waits. @returns true when nothing waits any more */
  #push(): boolean {
    const to = this.#target.descriptor();
    if (to === undefined) return this.#isEmpty();
    if (isDead(to)) return this.#forget(to);
    if (this.#rest !== undefined && !this.#pushRest(to, this.#rest)) return isDead(to) && this.#forget(to);
    if (this.#pending === "") return true;
    const text = this.#pending;
    this.#pending = "";
    const written = to.text(text);
    if (written === Buffer.byteLength(text)) return true;
    this.#rest = Buffer.from(text);
    this.#offset = written;
    this.#restOf = to;
    this.#tell(`${this.name} ${to.code}`, `${this.name} does not take lines now (${to.code}): they wait in memory`);
    return isDead(to) && this.#forget(to);
  }

  #pushRest(to: Descriptor, rest: Buffer): boolean {
    if (to !== this.#restOf) {
      // The file was opened anew: a line begun in the old one is lost, the others go to the new one whole.
      if (this.#offset > 0 && rest[this.#offset - 1] !== 0x0a) {
        this.#offset = rest.indexOf(NEWLINE, this.#offset) + 1;
        this.dropped++;
      }
      this.#restOf = to;
    }
    while (this.#offset < rest.length) {
      const written = to.bytes(rest, this.#offset);
      if (written === 0) return false;
      this.#offset += written;
    }
    this.#rest = undefined;
    this.#restOf = undefined;
    return true;
  }

  #isEmpty(): boolean {
    return this.#rest === undefined && this.#pending === "";
  }

  /** Gives up what waits: nobody will ever read it. */
  #forget(to: Descriptor): true {
    const lost = (this.#rest?.toString("utf8", this.#offset) ?? "") + this.#pending;
    for (let at = lost.indexOf(NEWLINE); at >= 0; at = lost.indexOf(NEWLINE, at + 1)) this.dropped++;
    if (lost !== "")
      this.#tell(`${this.name} dead`, `${this.name} is gone (${to.code}): lines are dropped and counted`);
    this.#rest = undefined;
    this.#pending = "";
    return true;
  }

  flushSync(): void {
    const backOff = new BackOff();
    while (!this.#push() && backOff.wait());
  }

  async flush(deadline: number): Promise<void> {
    while (!this.#push() && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async close(deadline: number): Promise<void> {
    if (this.#closed) return;
    await this.flush(deadline);
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const to = this.#target.descriptor();
    if (to !== undefined) this.#forget(to);
    this.#target.close();
  }
}
