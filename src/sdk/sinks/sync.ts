import { MAX_LINE_LIMIT } from "../../core/wire";
import { ByteWriter } from "../lines/byteWriter";
import type { Descriptor } from "./descriptor";
import type { LineBuffer, Sink, Tell } from "./sink";
import type { Target } from "./target";
import { BackOff } from "./wait";

const NEWLINE = 0x0a;

/**
 * One write per line: what was written is not lost even on kill -9. A blocked pipe is waited for, 20 ms at most, then the
 * line is dropped; until a write succeeds again no further line waits, so that a reader that hangs does not stop the agent.
 */
export class SyncSink implements Sink, LineBuffer {
  readonly name: string;
  dropped = 0;
  /** Nothing is held back. */
  readonly waiting = false;
  readonly writer = new ByteWriter(MAX_LINE_LIMIT);
  readonly #target: Target;
  readonly #tell: Tell;
  #patient = true;

  constructor(target: Target, tell: Tell) {
    this.name = target.name;
    this.#target = target;
    this.#tell = tell;
  }

  get buffer(): LineBuffer {
    return this;
  }

  write(line: string): boolean {
    const to = this.#open();
    if (to === undefined) return false;
    if (!to.torn) {
      const written = to.text(line);
      const length = Buffer.byteLength(line);
      return written === length ? this.#whole() : this.#writeRest(to, Buffer.from(line), length, written);
    }
    // A torn line is closed off: it alone is broken, not this one too.
    const bytes = Buffer.from(`\n${line}`);
    return this.#writeRest(to, bytes, bytes.length, to.bytes(bytes, 0, bytes.length));
  }

  take(start: number): boolean {
    const { bytes, at } = this.writer;
    this.writer.at = 0;
    const to = this.#open();
    if (to === undefined) return false;
    if (start > 0 || to.torn) return this.write(Buffer.from(bytes.subarray(start, at)).toString());
    const written = to.bytes(bytes, 0, at);
    return written === at ? this.#whole() : this.#writeRest(to, bytes, at, written);
  }

  /** The descriptor to write to; without one the line is lost. */
  #open(): Descriptor | undefined {
    const to = this.#target.descriptor();
    if (to !== undefined && to.state !== "dead") return to;
    this.dropped++;
    return undefined;
  }

  #whole(): true {
    this.#patient = true;
    return true;
  }

  /** Goes on with a line of which only a part was taken, if any. */
  #writeRest(to: Descriptor, bytes: Uint8Array, length: number, start: number): boolean {
    const backOff = this.#patient ? new BackOff() : undefined;
    let written = start;
    while (written < length) {
      if (to.state === "blocked" ? backOff?.wait() !== true : to.state !== "ok") break;
      const more = to.bytes(bytes, written, length - written);
      if (more === 0 && to.state === "ok") break;
      written += more;
    }
    if (written > 0) to.torn = bytes[written - 1] !== NEWLINE;
    this.#patient = written === length;
    if (this.#patient) return true;
    this.dropped++;
    this.#tell(
      `${this.name} ${to.code}`,
      `${this.name} does not take lines (${to.code}): they are dropped and counted`,
    );
    return false;
  }

  flushSync(): void {
    // Nothing is held back.
  }

  async flush(): Promise<void> {
    // Nothing is held back.
  }

  async close(): Promise<void> {
    this.#target.close();
  }
}
