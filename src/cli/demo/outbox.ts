import type { Output } from "../io";

/** Characters that may wait before nothing new is begun. */
const MOST_WAITING = 1 << 20;

/** Hands lines on to an output as fast as it takes them, in order. */
export class Outbox {
  /** Rejects when the output cannot be written to any more; never resolves. */
  readonly failed: Promise<never>;
  readonly #output: Output;
  #fail: (error: unknown) => void = () => undefined;
  #waiting = "";
  #writing: Promise<void> | undefined;

  constructor(output: Output) {
    this.#output = output;
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    // Whoever waits for it hears of it; nobody has to.
    this.failed.catch(() => undefined);
  }

  add(text: string): void {
    this.#waiting += text;
    this.#writing ??= this.#write();
  }

  /** Resolves when the reader keeps up. */
  async ready(): Promise<void> {
    while (this.#waiting.length > MOST_WAITING) await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting !== "") {
        const text = this.#waiting;
        this.#waiting = "";
        await this.#output.write(text);
      }
    } catch (error) {
      this.#fail(error);
      // What comes from now on has no reader.
      await new Promise(() => undefined);
    } finally {
      this.#writing = undefined;
    }
  }

  /** Resolves when everything is written. */
  async close(): Promise<void> {
    await Promise.race([this.#writing, this.failed]);
  }
}
