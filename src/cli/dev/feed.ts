import { messageOf, UsageError } from "../errors";
import { lineReader } from "../input/lineReader";
import { bytesOf, COMPRESSED, displayName, type InputFile } from "../input/open";
import type { ReadLog } from "../input/readLog";
import { LineSplitter } from "../input/splitter";
import type { Io } from "../io";
import type { InputHooks, Inputs } from "./inputs";
import { Tail } from "./tail";

/** Brings the lines of several inputs in, as they come: files are followed, stdin and .gz files are read to their end. */
export class Feed implements Inputs {
  readonly #io: Io;
  readonly #log: ReadLog;
  readonly #hooks: InputHooks;
  readonly #tails: { readonly tail: Tail; readonly file: InputFile }[] = [];
  readonly #finite: InputFile[] = [];

  constructor(files: readonly InputFile[], io: Io, log: ReadLog, hooks: InputHooks) {
    this.#io = io;
    this.#log = log;
    this.#hooks = hooks;
    for (const file of files) {
      if (file.path === undefined || COMPRESSED.test(file.name)) this.#finite.push(file);
      else this.#tails.push({ tail: this.#tailOf(file, file.path), file });
    }
  }

  /** Files that are followed, which never end. */
  get isEndless(): boolean {
    return this.#tails.length > 0;
  }

  /** Files that are not there yet. */
  get missing(): InputFile[] {
    return this.#tails.filter(({ tail }) => tail.isWaiting).map(({ file }) => file);
  }

  /** Reads the inputs that end, all at once. */
  async readToEnd(): Promise<void> {
    await Promise.all(this.#finite.map((file) => this.#readWhole(file)));
  }

  /** Reads what is new in the files that are followed. */
  async poll(): Promise<void> {
    for (const { tail, file } of this.#tails) {
      try {
        await tail.poll();
      } catch (error) {
        throw error instanceof UsageError ? error : new UsageError(`Cannot read ${file.name}: ${messageOf(error)}`);
      }
    }
  }

  stop(): void {
    this.#io.stdin.close();
  }

  async close(): Promise<void> {
    for (const { tail } of this.#tails) await tail.close();
  }

  async #readWhole(file: InputFile): Promise<void> {
    const name = displayName(file);
    const splitter = this.#splitter(name);
    for await (const chunk of bytesOf(file, this.#io)) {
      splitter.push(chunk);
      await this.#hooks.after();
    }
    splitter.end();
    this.#log.finished(name);
    await this.#hooks.after();
  }

  #tailOf(file: InputFile, path: string): Tail {
    const name = displayName(file);
    let splitter = this.#splitter(name);
    return new Tail(path, {
      chunk: async (bytes) => {
        splitter.push(bytes);
        await this.#hooks.after();
      },
      reset: async () => {
        splitter.end();
        splitter = this.#splitter(name);
        await this.#hooks.after();
      },
    });
  }

  #splitter(file: string): LineSplitter {
    return new LineSplitter(lineReader(file, this.#log, this.#hooks.take));
  }
}
