import { isUtf8 } from "node:buffer";
import { MAX_LINE_LIMIT } from "../../core/wire";

/** One line of a body, or why there is none to read. `number` counts from 1. */
export interface TextLine {
  readonly number: number;
  /** Without its newline. */
  readonly text?: string | undefined;
  readonly problem?: string | undefined;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const REPLACEMENT = "\uFFFD";

/** The lines of a body. One that is too long, or no UTF-8, is named instead of read. */
export function* textLines(body: Buffer): Generator<TextLine> {
  let start = 0;
  for (let number = 1; start < body.length; number++) {
    const newline = body.indexOf(NEWLINE, start);
    const end = newline < 0 ? body.length : newline;
    yield read(body.subarray(start, body[end - 1] === CARRIAGE_RETURN ? Math.max(end - 1, start) : end), number);
    start = end + 1;
  }
}

function read(line: Buffer, number: number): TextLine {
  // One byte of the limit is the newline's.
  if (line.length >= MAX_LINE_LIMIT) return { number, problem: `longer than ${MAX_LINE_LIMIT} bytes` };
  const text = line.toString("utf8");
  if (text.includes(REPLACEMENT) && !isUtf8(line)) return { number, problem: "not valid UTF-8" };
  return { number, text };
}
