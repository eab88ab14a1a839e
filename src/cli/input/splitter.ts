import { isUtf8 } from "node:buffer";
import { MAX_LINE_LIMIT } from "../../core/wire";

/** What a `LineSplitter` finds; `number` counts lines from 1. */
export interface LineHandler {
  /** The line without its newline. */
  line(text: string, number: number): void;
  /** A line that was too long, with its size in bytes; its content is gone. */
  oversized(bytes: number, number: number): void;
  /** A line that is no UTF-8. */
  undecodable(number: number): void;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
/** What the decoder puts where bytes are no UTF-8. */
const REPLACEMENT = "\uFFFD";

/**
 * Cuts a stream of bytes into lines. At most one line within the limit is kept in memory, however long the lines are
 * and wherever the chunks split them.
 */
export class LineSplitter {
  readonly #handler: LineHandler;
  #parts: Buffer[] = [];
  /** Bytes of the line so far, those already thrown away included. */
  #size = 0;
  #number = 0;

  constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) break;
      this.#keep(bytes, start, newline);
      this.#finish();
      start = newline + 1;
    }
    this.#keep(bytes, start, bytes.length);
  }

  /** The end of the input: a last line may lack its newline. */
  end(): void {
    if (this.#size > 0) this.#finish();
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    if (end === start) return;
    this.#size += end - start;
    // One byte of the limit is the newline's.
    if (this.#size >= MAX_LINE_LIMIT) this.#parts = [];
    else this.#parts.push(bytes.subarray(start, end));
  }

  #finish(): void {
    const [first, ...rest] = this.#parts;
    const size = this.#size;
    this.#parts = [];
    this.#size = 0;
    this.#number += 1;
    if (size >= MAX_LINE_LIMIT) {
      this.#handler.oversized(size, this.#number);
      return;
    }
    const line = first === undefined || rest.length === 0 ? first : Buffer.concat([first, ...rest]);
    if (line === undefined) {
      this.#handler.line("", this.#number);
      return;
    }
    const end = line[line.length - 1] === CARRIAGE_RETURN ? line.length - 1 : line.length;
    const text = line.toString("utf8", startOf(line, this.#number), end);
    if (text.includes(REPLACEMENT) && !isUtf8(line)) this.#handler.undecodable(this.#number);
    else this.#handler.line(text, this.#number);
  }
}

/** Skips a byte order mark, which some editors write at the start of a file. */
function startOf(line: Buffer, number: number): number {
  return number === 1 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
}
