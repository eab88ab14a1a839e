import { writeSync } from "node:fs";

/**
 * What the operating system said of a write: all well, the reader is too slow (try again soon), no space or a passing
 * fault (try again later), or nobody will ever read again.
 */
export type WriteState = "ok" | "blocked" | "refused" | "dead";

/** Errors after which no write to the same descriptor can succeed. */
const DEAD: ReadonlySet<string> = new Set(["EPIPE", "EBADF", "ECONNRESET", "ENXIO", "ENOTCONN", "EINVAL"]);

/** The error code of a failed system call, `unknown` where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}

/** An open file descriptor whose writes never throw. `state` and `code` tell how the last one went. */
export class Descriptor {
  state: WriteState = "ok";
  /** Error code of the last failed write, such as `ENOSPC`. */
  code = "";
  /** The last write stopped inside a line: the next one has to begin with a newline. */
  torn = false;
  readonly fd: number;
  readonly #write: typeof writeSync;

  constructor(fd: number, write: typeof writeSync = writeSync) {
    this.fd = fd;
    this.#write = write;
  }

  /** @returns bytes written; the text is written as UTF-8 in one system call */
  text(text: string): number {
    try {
      const written = this.#write(this.fd, text);
      this.state = "ok";
      return written;
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** @returns how many of `length` bytes were written from `start` on */
  bytes(bytes: Uint8Array, start: number, length: number): number {
    try {
      const written = this.#write(this.fd, bytes, start, length);
      this.state = "ok";
      return written;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): number {
    this.code = codeOf(error);
    if (this.code === "EAGAIN" || this.code === "EWOULDBLOCK") this.state = "blocked";
    else this.state = DEAD.has(this.code) ? "dead" : "refused";
    return 0;
  }
}
