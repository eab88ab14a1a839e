import { openSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
import { openBrowser } from "./browser";
import { codeOf, messageOf, OutputClosedError, UsageError } from "./errors";
import type { Input, Io, Keyboard, Output } from "./io";

class StreamOutput implements Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #name: string;
  #failure: Error | undefined;

  constructor(stream: NodeJS.WriteStream, name: string) {
    this.#stream = stream;
    this.#name = name;
    stream.on("error", (error) => {
      this.#failure ??= this.#explain(error);
    });
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }
  get columns(): number | undefined {
    return this.isTTY ? this.#stream.columns : undefined;
  }
  get rows(): number | undefined {
    return this.isTTY ? this.#stream.rows : undefined;
  }

  async write(text: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#stream.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#stream.off("drain", done).off("close", done).off("error", done);
        resolve();
      };
      this.#stream.on("drain", done).on("close", done).on("error", done);
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  onResize(listener: () => void): () => void {
    this.#stream.on("resize", listener);
    return () => this.#stream.off("resize", listener);
  }

  #explain(error: Error): Error {
    if (codeOf(error) === "EPIPE") return new OutputClosedError(`${this.#name} is closed`);
    return new UsageError(`Cannot write to ${this.#name}: ${messageOf(error)}`);
  }
}

/** Opened on first use: touching process.stdin alone would keep the process alive. */
class StdinInput implements Input {
  #opened = false;

  get isTTY(): boolean {
    return isatty(0);
  }
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    this.#opened = true;
    return process.stdin[Symbol.asyncIterator]();
  }
  close(): void {
    if (this.#opened) process.stdin.destroy();
  }
}

class TerminalKeyboard implements Keyboard {
  readonly #stream: ReadStream;

  constructor(stream: ReadStream) {
    this.#stream = stream;
    stream.setRawMode(true);
    stream.setEncoding("utf8");
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for await (const keys of this.#stream) yield String(keys);
  }

  close(): void {
    this.#stream.setRawMode(false);
    this.#stream.destroy();
  }
}

function openKeyboard(): Keyboard | undefined {
  if (isatty(0) && process.stdin.isTTY) return new TerminalKeyboard(process.stdin);
  try {
    const device = process.platform === "win32" ? "CONIN$" : "/dev/tty";
    return new TerminalKeyboard(new ReadStream(openSync(device, "r")));
  } catch {
    // No controlling terminal: the view works without keys.
    return undefined;
  }
}

/** The real process. */
export function nodeIo(): Io {
  return {
    stdin: new StdinInput(),
    stdout: new StreamOutput(process.stdout, "stdout"),
    stderr: new StreamOutput(process.stderr, "stderr"),
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    every: (ms, callback) => {
      const timer = setInterval(callback, ms);
      return () => clearInterval(timer);
    },
    onInterrupt: (callback) => {
      process.on("SIGINT", callback).on("SIGTERM", callback);
      return () => process.off("SIGINT", callback).off("SIGTERM", callback);
    },
    openKeyboard,
    openBrowser,
    exitCode: 0,
  };
}
