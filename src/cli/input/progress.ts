import type { Io } from "../io";
import { sanitise } from "../output/sanitise";

const CLEAR_LINE = "\r\u001b[K";
/** Shorter reads show nothing; ms. */
const QUIET = 500;
const INTERVAL = 200;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** One line on stderr that says how far reading has come; only on a terminal, and only when it takes a while. */
export class Progress {
  readonly #io: Io;
  readonly #started: number;
  #shown = 0;
  #visible = false;

  constructor(io: Io) {
    this.#io = io;
    this.#started = io.now();
  }

  /** @param size of the whole file in bytes, where it is known */
  async update(name: string, bytes: number, size: number | undefined): Promise<void> {
    if (!this.#io.stderr.isTTY) return;
    const now = this.#io.now();
    if (now - this.#started < QUIET || now - this.#shown < INTERVAL) return;
    this.#shown = now;
    this.#visible = true;
    const of = size === undefined ? "" : ` of ${megabytes(size)}`;
    await this.#io.stderr.write(`${CLEAR_LINE}Reading ${sanitise(name)}: ${megabytes(bytes)}${of}`);
  }

  /** Takes the line away, so that something else can be written. */
  async clear(): Promise<void> {
    if (!this.#visible) return;
    this.#visible = false;
    await this.#io.stderr.write(CLEAR_LINE);
  }
}
