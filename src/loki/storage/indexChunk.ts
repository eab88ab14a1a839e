import * as v from "valibot";
import type { Labels } from "../../logql/api";
import type { Place } from "./columns";

/** What one stream has in a part of an hour. */
export interface Span {
  readonly number: number;
  readonly count: number;
  /** Nanoseconds into the hour of the first and the last line. */
  readonly min: number;
  readonly max: number;
  /** Of lines and their metadata. */
  readonly bytes: number;
}

/** A row of the index: a line and its stream's number in the file. */
export interface IndexRow extends Place {
  readonly number: number;
}

/**
 * A part of the index file: which bytes of the lines it covers, streams that appear there first, a span for each stream,
 * and a row for each line. The head is a line of JSON, so that opening reads it without the rows that follow it.
 */
export interface ChunkHead {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly streams: readonly (readonly [number, Labels])[];
  readonly spans: readonly Span[];
}

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Head = v.object({
  from: Count,
  to: Count,
  rows: Count,
  streams: v.array(v.tuple([Count, v.record(v.string(), v.string())])),
  spans: v.array(v.object({ number: Count, count: Count, min: Count, max: Count, bytes: Count })),
});

const NEWLINE = 0x0a;
/** A row in the file: time and position as 8 bytes each, both lengths as 4 each. */
export const ROW_BYTES = 24;

/** Writes a chunk, whose rows lie from byte `rowsAt` on: those of each stream together, in the order of the spans. */
export function writeChunk(
  head: Omit<ChunkHead, "rows" | "spans">,
  rows: readonly IndexRow[],
): { bytes: Buffer; rowsAt: number; spans: readonly Span[] } {
  const byStream = new Map<number, IndexRow[]>();
  for (const row of rows) {
    const known = byStream.get(row.number);
    if (known === undefined) byStream.set(row.number, [row]);
    else known.push(row);
  }
  const spans = spansOf(rows);
  const text = Buffer.from(`${JSON.stringify({ ...head, rows: rows.length, spans })}\n`);
  const parts = spans.map(({ number }) => columnsOf(byStream.get(number) ?? []));
  return { bytes: Buffer.concat([text, ...parts]), rowsAt: text.length, spans };
}

function columnsOf(rows: readonly IndexRow[]): Buffer {
  const count = rows.length;
  const body = new ArrayBuffer(count * ROW_BYTES);
  const [rel, at] = [new Float64Array(body, 0, count), new Float64Array(body, count * 8, count)];
  const [line, meta] = [new Uint32Array(body, count * 16, count), new Uint32Array(body, count * 20, count)];
  for (const [index, row] of rows.entries()) {
    rel[index] = row.rel;
    at[index] = row.at;
    line[index] = row.line;
    meta[index] = row.meta;
  }
  return Buffer.from(body);
}

/** @returns the head and where its rows lie, or undefined when there is no whole chunk at `at` */
export function readHead(file: Buffer, at: number): { head: ChunkHead; rowsAt: number; end: number } | undefined {
  const newline = file.indexOf(NEWLINE, at);
  if (newline < 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(file.toString("utf8", at, newline));
  } catch {
    // A chunk that was not wholly written: what it covered is read from the lines again.
    return undefined;
  }
  const parsed = v.safeParse(Head, value);
  if (!parsed.success) return undefined;
  const head = parsed.output;
  const end = newline + 1 + head.rows * ROW_BYTES;
  return end > file.length ? undefined : { head, rowsAt: newline + 1, end };
}

/** The rows of one stream in a chunk from their `count` × ROW_BYTES bytes, in the order they were stored. */
export function* readRows(bytes: Buffer, count: number): Generator<Place> {
  // Typed arrays want their bytes aligned, which those in the file are not.
  const body = new Uint8Array(bytes).buffer;
  const [rel, at] = [new Float64Array(body, 0, count), new Float64Array(body, count * 8, count)];
  const [line, meta] = [new Uint32Array(body, count * 16, count), new Uint32Array(body, count * 20, count)];
  for (let row = 0; row < count; row++) {
    yield { rel: rel[row] ?? 0, at: at[row] ?? 0, line: line[row] ?? 0, meta: meta[row] ?? 0 };
  }
}

/** One span for each stream of the rows. */
export function spansOf(rows: Iterable<IndexRow>): Span[] {
  const spans = new Map<number, Span>();
  for (const { number, rel, line, meta } of rows) {
    const span = spans.get(number);
    const bytes = line + meta;
    spans.set(number, addedTo(span, { number, count: 1, min: rel, max: rel, bytes }));
  }
  return [...spans.values()];
}

/** Two spans of one stream as one. */
export function addedTo(span: Span | undefined, more: Span): Span {
  if (span === undefined) return more;
  return {
    number: span.number,
    count: span.count + more.count,
    min: Math.min(span.min, more.min),
    max: Math.max(span.max, more.max),
    bytes: span.bytes + more.bytes,
  };
}
