import type { Descriptor } from "./descriptor";
import type { Sink, Tell } from "./sink";
import type { Target } from "./target";
import { BackOff } from "./wait";

const NEWLINE = 0x0a;

/**
 * One write per line: what was written is not lost even on kill -9. A blocked pipe is waited for, 20 ms at most, then the
 * line is dropped; until a write succeeds again no further line waits, so that a reader that hangs does not stop the agent.
 */
export class SyncSink implements Sink {
  readonly name: string;
  dropped = 0;
  /** Nothing is held back. */
  readonly waiting = false;
  readonly #target: Target;
  readonly #tell: Tell;
  #patient = true;

  constructor(target: Target, tell: Tell) {
    this.name = target.name;
    this.#target = target;
    this.#tell = tell;
  }

  write(line: string): boolean {
    const to = this.#target.descriptor();
    if (to === undefined || to.state === "dead") {
      this.dropped++;
      return false;
    }
    // A torn line is closed off: it alone is broken, not this one too.
    const text = to.torn ? `\n${line}` : line;
    const written = to.text(text);
    if (written === Buffer.byteLength(text)) {
      to.torn = false;
      this.#patient = true;
      return true;
    }
    if (this.#writeRest(to, Buffer.from(text), written)) return true;
    this.dropped++;
    this.#tell(
      `${this.name} ${to.code}`,
      `${this.name} does not take lines (${to.code}): they are dropped and counted`,
    );
    return false;
  }

  #writeRest(to: Descriptor, bytes: Buffer, start: number): boolean {
    const backOff = this.#patient ? new BackOff() : undefined;
    let written = start;
    while (written < bytes.length) {
      if (to.state === "blocked" ? backOff?.wait() !== true : to.state !== "ok") break;
      const more = to.bytes(bytes, written);
      if (more === 0 && to.state === "ok") break;
      written += more;
    }
    if (written > 0) to.torn = bytes[written - 1] !== NEWLINE;
    this.#patient = written === bytes.length;
    return this.#patient;
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
