import type { Labels } from "../../logql/api";
import { labelsOf } from "./labels";

/**
 * The text of an hour's file, in which a line appears as it was pushed:
 *
 *     + 0 46
 *     {"agent_id":"a","event_type":"tool.called"}
 *     0 1200000000 17 0
 *     the line is here
 *
 * `+ <number> <bytes>` gives a stream its number within the file; `<number> <ns into the hour> <bytes of the line>
 * <bytes of the metadata>` is followed by the line, its structured metadata as JSON (nothing when there is none) and a
 * newline. Lengths are what counts: a line may hold newlines itself.
 */
export type StoredRecord =
  | { readonly kind: "stream"; readonly number: number; readonly labels: Labels; readonly end: number }
  | {
      readonly kind: "line";
      readonly number: number;
      readonly rel: number;
      /** Position of the line's first byte. */
      readonly at: number;
      readonly line: number;
      readonly meta: number;
      /** Position after the record. */
      readonly end: number;
    };

/** `cut`: the bytes end within a record; `broken`: this is none. */
export type RecordProblem = "cut" | "broken";

const NEWLINE = 0x0a;
/** The longest head: two numbers of a stream and a time, two lengths. */
const MAX_HEAD = 64;
/** No line and no labels are longer; a head that says so is broken. */
export const MAX_RECORD = 1024 * 1024;
const LINE_HEAD = /^(\d{1,10}) (\d{1,13}) (\d{1,7}) (\d{1,7})$/;
const STREAM_HEAD = /^\+ (\d{1,10}) (\d{1,7})$/;

/** Reads the record at `at`. */
export function readRecord(bytes: Buffer, at: number): StoredRecord | RecordProblem {
  const newline = bytes.subarray(at, at + MAX_HEAD).indexOf(NEWLINE);
  if (newline < 0) return bytes.length - at < MAX_HEAD ? "cut" : "broken";
  const head = bytes.toString("latin1", at, at + newline);
  const start = at + newline + 1;
  const line = LINE_HEAD.exec(head);
  const body = line ?? STREAM_HEAD.exec(head);
  if (body === null) return "broken";
  const length = line === null ? Number(body[2]) : Number(line[3]) + Number(line[4]);
  const end = start + length + 1;
  if (length > MAX_RECORD) return "broken";
  if (end > bytes.length) return "cut";
  if (bytes[end - 1] !== NEWLINE) return "broken";
  const number = Number(body[1]);
  if (line !== null) {
    return { kind: "line", number, rel: Number(line[2]), at: start, line: Number(line[3]), meta: Number(line[4]), end };
  }
  const labels = labelsOf(bytes.toString("utf8", start, end - 1));
  return labels === undefined ? "broken" : { kind: "stream", number, labels, end };
}

/** Writes records one after the other, to be appended to a file at once. */
export class RecordWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #size = 0;

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  stream(number: number, labels: string): void {
    const length = Buffer.byteLength(labels);
    this.#room(length + MAX_HEAD);
    this.#text(`+ ${number} ${length}\n`);
    this.#text(labels);
    this.#text("\n");
  }

  /** @returns where the line begins, counted from the first record */
  line(number: number, rel: number, line: string, lineBytes: number, meta: string): { at: number; meta: number } {
    const metaBytes = meta === "" ? 0 : Buffer.byteLength(meta);
    this.#room(lineBytes + metaBytes + MAX_HEAD);
    this.#text(`${number} ${rel} ${lineBytes} ${metaBytes}\n`);
    const at = this.#size;
    this.#text(line);
    if (metaBytes > 0) this.#text(meta);
    this.#text("\n");
    return { at, meta: metaBytes };
  }

  #text(text: string): void {
    this.#size += this.#bytes.write(text, this.#size);
  }

  #room(length: number): void {
    if (this.#size + length <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#size + length, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#size);
    this.#bytes = grown;
  }
}
