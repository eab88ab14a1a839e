import type { Labels } from "../../logql/api";
import type { Entry, EntryRange } from "../entries";
import type { ByteCache } from "./byteCache";
import { Columns } from "./columns";
import { messageOf } from "./errors";
import type { HourParts, Indexed, NewLine, Written } from "./hourParts";
import { HOUR_NS, hourName } from "./hourTime";
import { addedTo, type IndexRow, ROW_BYTES, readHead, readRows, type Span, spansOf, writeChunk } from "./indexChunk";
import { labelsKey } from "./labels";
import { readLines } from "./readLines";
import { RecordWriter } from "./record";
import { recoverRecords } from "./recovery";
import { readBytes, type SegmentFile } from "./segmentFile";
import type { Stream } from "./streams";

/** So many lines are indexed in memory alone; after a kill they are read again. */
const MAX_UNINDEXED = 4096;
/** A stream is sparse when it has less than this part of its file. */
const SPARSE = 8;

/**
 * One hour of lines: a file to which records are appended, and an index file with the place of each line by stream. What
 * is always in memory is one span for each stream; the places are read when they are needed.
 */
export class Hour {
  readonly start: bigint;
  readonly #lines: SegmentFile;
  readonly #index: SegmentFile;
  readonly #tables: ByteCache<Indexed, Columns>;
  readonly #report: (message: string) => void;
  readonly #numbers = new Map<Stream, number>();
  #nextNumber = 0;
  readonly #spans = new Map<number, Span>();
  /** Where in the index file the places of a stream's lines are. */
  readonly #indexed = new Map<number, Indexed>();
  /** The index file covers the lines up to here. */
  #indexedTo = 0;
  #unindexed: IndexRow[] = [];
  #unindexedStreams: [number, Labels][] = [];
  #removed = false;
  /** Said once, until the index is written again. */
  #indexFailed = false;

  /** @param number hours since the epoch */
  constructor(
    readonly number: number,
    { lines, index, tables, report }: HourParts,
  ) {
    this.start = BigInt(number) * HOUR_NS;
    this.#lines = lines;
    this.#index = index;
    this.#tables = tables;
    this.#report = report;
  }

  get bytes(): number {
    return this.#lines.size + this.#index.size;
  }

  get name(): string {
    return hourName(this.number);
  }

  /** Reads what the index file says, and then the lines that it does not cover. */
  recover(streamOf: (labels: Labels) => Stream): void {
    const index = readBytes(this.#index, 0, this.#index.size);
    let end = 0;
    for (let chunk = readHead(index, 0); chunk !== undefined; chunk = readHead(index, end)) {
      const { head } = chunk;
      if (head.from !== this.#indexedTo || head.to > this.#lines.size) break;
      for (const [number, labels] of head.streams) this.#name(streamOf(labels), number);
      this.#count(head.spans);
      this.#noteIndexed(head.spans, chunk.rowsAt);
      this.#indexedTo = head.to;
      end = chunk.end;
    }
    if (end < this.#index.size) this.#index.truncate(end);
    this.#recoverRest(streamOf);
    for (const [stream, number] of this.#numbers) {
      const span = this.#spans.get(number);
      if (span !== undefined) stream.seen(this.start + BigInt(span.max));
    }
  }

  #recoverRest(streamOf: (labels: Labels) => Stream): void {
    const known = new Set(this.#numbers.values());
    let strays = 0;
    const { cut, skipped } = recoverRecords(this.#lines, this.#indexedTo, (record) => {
      if (record.kind === "stream") {
        this.#name(streamOf(record.labels), record.number);
        this.#unindexedStreams.push([record.number, record.labels]);
        known.add(record.number);
      } else if (known.has(record.number)) {
        this.#unindexed.push(record);
        this.#count(spansOf([record]));
        if (this.#unindexed.length >= MAX_UNINDEXED) this.#flush(record.end);
      } else strays++;
    });
    const file = `the lines of ${this.name}`;
    if (cut > 0) this.#report(`${file} ended within a line, as after a kill or a power cut: ${cut} bytes were cut off`);
    if (skipped > 0) this.#report(`${file} were damaged: ${skipped} bytes that are no line were skipped`);
    if (strays > 0) this.#report(`${file} were damaged: ${strays} lines of unknown streams were skipped`);
  }

  /** What the stream has in this hour. */
  span(stream: Stream): Span | undefined {
    const number = this.#numbers.get(stream);
    return number === undefined ? undefined : this.#spans.get(number);
  }

  /** Whether this very line is there. */
  holds({ stream, rel, line, meta }: NewLine): boolean {
    const number = this.#numbers.get(stream);
    const span = this.span(stream);
    if (number === undefined || span === undefined || rel > span.max || rel < span.min) return false;
    for (const place of this.#columns(number).equal(rel)) {
      if (this.#text(place.at, place.line) === line && this.#text(place.at + place.line, place.meta) === meta) {
        return true;
      }
    }
    return false;
  }

  #text(at: number, length: number): string {
    return length === 0 ? "" : this.#lines.direct(at, length).toString();
  }

  /**
   * Appends lines. They are seen by readers after `publish`.
   *
   * @throws StoreError of kind `write`; then nothing was appended
   */
  write(lines: readonly NewLine[]): Written {
    const writer = new RecordWriter();
    const from = this.#lines.size;
    const streams = new Map<Stream, number>();
    const rows = lines.map(({ stream, rel, line, bytes, meta }): IndexRow => {
      let number = this.#numbers.get(stream) ?? streams.get(stream);
      if (number === undefined) {
        number = this.#nextNumber + streams.size;
        streams.set(stream, number);
        writer.stream(number, labelsKey(stream.labels));
      }
      const place = writer.line(number, rel, line, bytes, meta);
      return { number, rel, at: from + place.at, line: bytes, meta: place.meta };
    });
    this.#lines.append(writer.bytes);
    return {
      publish: () => this.#publish(streams, rows),
      undo: () => this.#lines.truncate(from),
    };
  }

  #publish(streams: ReadonlyMap<Stream, number>, rows: readonly IndexRow[]): void {
    for (const [stream, number] of streams) {
      this.#name(stream, number);
      this.#unindexedStreams.push([number, stream.labels]);
    }
    this.#count(spansOf(rows));
    for (const row of rows) this.#unindexed.push(row);
    this.#addToTables(rows);
    if (this.#unindexed.length >= MAX_UNINDEXED) this.flush();
  }

  #name(stream: Stream, number: number): void {
    this.#numbers.set(stream, number);
    this.#nextNumber = Math.max(this.#nextNumber, number + 1);
  }

  #count(spans: readonly Span[]): void {
    for (const span of spans) this.#spans.set(span.number, addedTo(this.#spans.get(span.number), span));
  }

  /** Writes the index of the lines that are not covered yet. A failure costs time at the next start, nothing else. */
  flush(): void {
    this.#flush(this.#lines.size);
  }

  #flush(to: number): void {
    if (this.#unindexed.length === 0) return;
    const head = { from: this.#indexedTo, to, streams: this.#unindexedStreams };
    const { bytes, rowsAt, spans } = writeChunk(head, this.#unindexed);
    try {
      this.#index.append(bytes);
    } catch (error) {
      const said = this.#indexFailed;
      this.#indexFailed = true;
      if (!said) this.#report(`${messageOf(error)}; the index of ${this.name} is made again at the next start`);
      return;
    }
    this.#indexFailed = false;
    this.#noteIndexed(spans, this.#index.size - bytes.length + rowsAt);
    this.#indexedTo = to;
    this.#unindexed = [];
    this.#unindexedStreams = [];
  }

  #noteIndexed(spans: readonly Span[], rowsAt: number): void {
    let at = rowsAt;
    for (const { number, count } of spans) {
      this.#indexedOf(number).push({ at, count });
      at += count * ROW_BYTES;
    }
  }

  #indexedOf(number: number): Indexed {
    let indexed = this.#indexed.get(number);
    if (indexed === undefined) {
      indexed = [];
      this.#indexed.set(number, indexed);
    }
    return indexed;
  }

  /** Places of a stream's lines, read from the index where they are not in memory. */
  #columns(number: number): Columns {
    const indexed = this.#indexedOf(number);
    const held = this.#tables.get(indexed);
    if (held !== undefined) return held;
    const columns = new Columns();
    for (const { at, count } of indexed) {
      for (const place of readRows(this.#index.direct(at, count * ROW_BYTES), count)) columns.add(place);
    }
    for (const row of this.#unindexed) if (row.number === number) columns.add(row);
    this.#tables.set(indexed, columns, columns.bytes);
    return columns;
  }

  #addToTables(rows: readonly IndexRow[]): void {
    for (const row of rows) {
      const indexed = this.#indexedOf(row.number);
      const columns = this.#tables.get(indexed);
      if (columns === undefined) continue;
      const before = columns.bytes;
      columns.add(row);
      if (columns.bytes !== before) this.#tables.set(indexed, columns, columns.bytes);
    }
  }

  /**
   * Lines of a stream within the range; what was stored when reading begins.
   *
   * @param fits whether all that is being read fits into memory: then blocks are kept for the other streams. Otherwise a
   * stream that is a small part of the file is read line by line, or each stream would read nearly every block again.
   */
  read(stream: Stream, range: EntryRange, fits: boolean): Iterable<Entry> {
    const number = this.#numbers.get(stream);
    const span = this.span(stream);
    if (number === undefined || span === undefined || this.#removed) return [];
    const sparse = span.bytes * SPARSE < this.#lines.size;
    return readLines(this.#lines, this.start, this.#columns(number).rows(), { ...range, direct: sparse && !fits });
  }

  /** Whether the stream has a line within the range. */
  has(stream: Stream, { start, end }: Pick<EntryRange, "start" | "end">): boolean {
    const span = this.span(stream);
    if (span === undefined) return false;
    const [first, last] = [this.start + BigInt(span.min), this.start + BigInt(span.max)];
    if (first >= end || last < start) return false;
    if (first >= start || last < end) return true;
    for (const _ of this.read(stream, { start, end, direction: "forward" }, false)) return true;
    return false;
  }

  streams(): Iterable<Stream> {
    return this.#numbers.keys();
  }

  close(): void {
    this.flush();
    this.#lines.close();
    this.#index.close();
  }

  /** Removes the hour's files. */
  remove(): void {
    this.#removed = true;
    for (const indexed of this.#indexed.values()) this.#tables.delete(indexed);
    this.#lines.remove();
    this.#index.remove();
  }
}
