import { type FileHandle, open, stat } from "node:fs/promises";
import { codeOf } from "../errors";

/** Why reading began anew. */
export type TailReset = "rotated" | "truncated";

export interface TailHandler {
  chunk(bytes: Uint8Array): Promise<void>;
  /** What comes next is the start of another content. */
  reset(reason: TailReset): Promise<void>;
}

const CHUNK = 64 * 1024;

/** Follows a file that grows, is truncated, or is moved away and made anew, as log rotation does. */
export class Tail {
  readonly #path: string;
  readonly #handler: TailHandler;
  #file: FileHandle | undefined;
  #position = 0;

  constructor(path: string, handler: TailHandler) {
    this.#path = path;
    this.#handler = handler;
  }

  /**
   * Reads what is new since the last call. A file that is not there is waited for.
   *
   * @throws the error of Node when the file is there but cannot be read
   */
  async poll(): Promise<void> {
    this.#file ??= await openIfThere(this.#path);
    if (this.#file === undefined) return;
    await this.#read(this.#file);
    const reset = await this.#resetOf(this.#file);
    if (reset === undefined) return;
    if (reset === "rotated") {
      // Whatever was written between the last read and the move.
      await this.#read(this.#file);
      await this.close();
      this.#file = await openIfThere(this.#path);
    }
    this.#position = 0;
    await this.#handler.reset(reset);
    if (this.#file !== undefined) await this.#read(this.#file);
  }

  /** The file is not there, and was not since reading began. */
  get isWaiting(): boolean {
    return this.#file === undefined;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #read(file: FileHandle): Promise<void> {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      await this.#handler.chunk(buffer.subarray(0, bytesRead));
    }
  }

  async #resetOf(file: FileHandle): Promise<TailReset | undefined> {
    const [own, named] = await Promise.all([file.stat(), statIfThere(this.#path)]);
    // Moved away and not yet made anew: what is still written to it is read until then.
    if (named !== undefined && (named.ino !== own.ino || named.dev !== own.dev)) return "rotated";
    return own.size < this.#position ? "truncated" : undefined;
  }
}

const openIfThere = (path: string): Promise<FileHandle | undefined> => open(path, "r").catch(ignoreMissing);
const statIfThere = (path: string) => stat(path).catch(ignoreMissing);

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}
