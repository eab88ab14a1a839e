import { OutputClosedError } from "../errors";
import type { Input, Io, Keyboard, Output } from "../io";

export interface FakeIoOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes over stdin; text is cut into chunks of so many bytes. */
  readonly stdin?: string | Uint8Array;
  readonly chunkSize?: number;
  /** Stdin stays open after its content, until it is closed. */
  readonly stdinStaysOpen?: boolean;
  /** Makes stdout a terminal of this size. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  /** Stderr is a terminal. */
  readonly progress?: boolean;
  /** Stdout is closed by its reader after so many writes. */
  readonly closedAfter?: number;
}

class FakeOutput implements Output {
  text = "";
  writes = 0;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  readonly #closedAfter: number;

  constructor(size: FakeIoOptions["terminal"], isTTY = size !== undefined, closedAfter = Number.POSITIVE_INFINITY) {
    this.isTTY = isTTY;
    this.columns = size?.columns;
    this.rows = size?.rows;
    this.#closedAfter = closedAfter;
  }

  async write(text: string): Promise<void> {
    if (this.writes >= this.#closedAfter) throw new OutputClosedError("stdout is closed");
    this.writes += 1;
    this.text += text;
  }

  onResize(): () => void {
    return () => undefined;
  }
}

/** A queue that a consumer waits on until it is closed. */
class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  push(...items: T[]): void {
    this.#items.push(...items);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#closed) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

/** A process of its own for one command, without a process: everything it writes is kept, time moves when told to. */
export class FakeIo implements Io {
  readonly stdin: Input;
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  exitCode = 0;
  /** Wall clock, ms. */
  time = 1_795_168_800_000;
  readonly #bytes = new Queue<Uint8Array>();
  readonly #keys = new Queue<string>();
  readonly #timers = new Set<() => void>();
  readonly #interrupts = new Set<() => void>();

  constructor(options: FakeIoOptions = {}) {
    this.cwd = options.cwd ?? "/nowhere";
    this.env = options.env ?? {};
    this.stdout = new FakeOutput(options.terminal, undefined, options.closedAfter);
    this.stderr = new FakeOutput(undefined, options.progress === true);
    this.send(options.stdin ?? "", options.chunkSize);
    if (options.stdinStaysOpen !== true) this.#bytes.close();
    const bytes = this.#bytes;
    this.stdin = {
      isTTY: options.stdin === undefined && options.stdinStaysOpen !== true,
      [Symbol.asyncIterator]: () => bytes[Symbol.asyncIterator](),
      close: () => bytes.close(),
    };
  }

  /** More bytes over stdin. */
  send(content: string | Uint8Array, chunkSize = 64 * 1024): void {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; at += chunkSize) this.#bytes.push(bytes.subarray(at, at + chunkSize));
  }

  press(keys: string): void {
    this.#keys.push(keys);
  }

  interrupt(): void {
    for (const callback of this.#interrupts) callback();
  }

  /** Lets time pass and calls every timer once. */
  async tick(ms = 250): Promise<void> {
    this.time += ms;
    for (const callback of [...this.#timers]) callback();
    await this.settle();
  }

  /** Lets everything run that waits for nothing but the file system. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 20; ) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = process.getActiveResourcesInfo().some((name) => name.startsWith("FS")) ? 0 : quiet + 1;
    }
  }

  now = (): number => this.time;

  every(_ms: number, callback: () => void): () => void {
    this.#timers.add(callback);
    return () => this.#timers.delete(callback);
  }

  onInterrupt(callback: () => void): () => void {
    this.#interrupts.add(callback);
    return () => this.#interrupts.delete(callback);
  }

  /** Addresses that were to be shown. */
  readonly shown: string[] = [];

  openBrowser(url: string): boolean {
    this.shown.push(url);
    return true;
  }

  openKeyboard(): Keyboard {
    const keys = this.#keys;
    return { [Symbol.asyncIterator]: () => keys[Symbol.asyncIterator](), close: () => keys.close() };
  }
}
