import { MAX_LINE_LIMIT } from "../../core/wire";
import { ByteWriter } from "../lines/byteWriter";
import type { Descriptor } from "./descriptor";
import type { LineBuffer, Sink, Tell } from "./sink";
import type { Target } from "./target";
import { BackOff } from "./wait";

/** Lines are written when this many bytes wait: larger batches are hardly faster. */
export const BATCH_BYTES = 65_536;
const NEWLINE = 0x0a;
/** Between two tries of a flush that waits for a slow reader, ms. */
const RETRY_MS = 10;

export interface BatchOptions {
  /** The longest a line waits, ms; what kill -9 may lose. */
  readonly flushIntervalMs: number;
  /** What may wait while the output is blocked or full; lines beyond it are dropped. */
  readonly maxQueueBytes: number;
}

const isDead = (to: Descriptor): boolean => to.state === "dead";

function countLines(bytes: Uint8Array, from: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/**
 * Collects lines and writes them by size and time, on exit and on a crash. While the output is blocked or full, lines wait
 * in memory within their bound, so that a passing trouble loses nothing.
 */
export class BatchedSink implements Sink, LineBuffer {
  readonly name: string;
  dropped = 0;
  /** What is held back can be written at exit. */
  readonly waiting = false;
  /** The lines since the last batch. */
  readonly writer = new ByteWriter(BATCH_BYTES + MAX_LINE_LIMIT);
  readonly #target: Target;
  readonly #tell: Tell;
  readonly #options: BatchOptions;
  /** Batches that could not be written yet, oldest first; of the first, what comes before `#offset` was. */
  #queue: Uint8Array[] = [];
  #offset = 0;
  #queued = 0;
  /** Where the first batch was begun. */
  #begunIn: Descriptor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(target: Target, options: BatchOptions, tell: Tell) {
    this.name = target.name;
    this.#target = target;
    this.#options = options;
    this.#tell = tell;
  }

  get buffer(): LineBuffer {
    return this;
  }

  write(line: string): boolean {
    const { writer } = this;
    const start = writer.at;
    // No line is longer than the room that is always left.
    writer.at += Buffer.from(writer.bytes.buffer).write(line, start);
    return this.take(start);
  }

  take(start: number): boolean {
    const { writer } = this;
    const isStuck = this.#queued > 0 && this.#queued + writer.at > this.#options.maxQueueBytes;
    if (this.#closed || isStuck) {
      writer.at = start;
      this.dropped++;
      return false;
    }
    if (writer.at >= BATCH_BYTES) this.#push();
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
    if (this.#pushQueue(to)) {
      const { writer } = this;
      const written = writer.at === 0 ? 0 : to.bytes(writer.bytes, 0, writer.at);
      if (written === writer.at) {
        writer.at = 0;
        return true;
      }
      this.#enqueue(to, written);
      this.#tell(`${this.name} ${to.code}`, `${this.name} does not take lines now (${to.code}): they wait in memory`);
    } else if (this.writer.at >= BATCH_BYTES) this.#enqueue(to, 0);
    if (isDead(to)) return this.#forget(to);
    if (this.#timer === undefined) this.#startTimer();
    return false;
  }

  /** Puts what the writer holds at the end of the queue; of it, `written` bytes are out already. */
  #enqueue(to: Descriptor, written: number): void {
    const { writer } = this;
    if (this.#queue.length === 0) {
      this.#begunIn = to;
      this.#offset = written;
    }
    this.#queue.push(writer.bytes.slice(0, writer.at));
    this.#queued += writer.at - written;
    writer.at = 0;
  }

  /** @returns true when the queue is empty */
  #pushQueue(to: Descriptor): boolean {
    for (let batch = this.#queue[0]; batch !== undefined; batch = this.#queue[0]) {
      if (to !== this.#begunIn) this.#beginAnew(to, batch);
      while (this.#offset < batch.length) {
        const written = to.bytes(batch, this.#offset, batch.length - this.#offset);
        if (written === 0) return false;
        this.#offset += written;
        this.#queued -= written;
      }
      this.#queue.shift();
      this.#offset = 0;
    }
    return true;
  }

  /** The file was opened anew: a line begun in the old one is lost, the others go to the new one whole. */
  #beginAnew(to: Descriptor, batch: Uint8Array): void {
    this.#begunIn = to;
    if (this.#offset === 0 || batch[this.#offset - 1] === NEWLINE) return;
    const next = batch.indexOf(NEWLINE, this.#offset) + 1;
    this.#queued -= next - this.#offset;
    this.#offset = next;
    this.dropped++;
  }

  #isEmpty(): boolean {
    return this.#queue.length === 0 && this.writer.at === 0;
  }

  /** Gives up what waits: nobody will ever read it. */
  #forget(to: Descriptor): true {
    const { writer } = this;
    if (!this.#isEmpty()) {
      this.#tell(`${this.name} gone`, `${this.name} is gone (${to.code}): lines are dropped and counted`);
    }
    for (const [index, batch] of this.#queue.entries())
      this.dropped += countLines(batch, index === 0 ? this.#offset : 0);
    this.dropped += countLines(writer.bytes.subarray(0, writer.at), 0);
    this.#queue = [];
    this.#offset = 0;
    this.#queued = 0;
    writer.at = 0;
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
