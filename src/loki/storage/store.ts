import type { Labels, Matcher } from "../../logql/api";
import type { Entry, EntryRange, EntrySource, StreamEntries } from "../entries";
import { Acceptance, type Accepted, type PushStream } from "./accept";
import { ByteCache } from "./byteCache";
import type { Columns } from "./columns";
import { messageOf, StoreError } from "./errors";
import { diskFolder, type HourFolder, memoryFolder } from "./folder";
import { Hour } from "./hour";
import type { Indexed, NewLine, Written } from "./hourParts";
import { HOUR_NS } from "./hourTime";
import { Listeners, type StoredListener } from "./listeners";
import { matchingLabels } from "./matching";
import { isRepeated } from "./repeated";
import { MIB, type PushResult, STORE_DEFAULTS, type StoreOptions, type Volume } from "./storeOptions";
import { type Stream, Streams } from "./streams";

/** How often a store in use looks for hours that are too old and for lines without an index, in ms. */
const UPKEEP_MS = 10_000;

type TimeRange = Pick<EntryRange, "start" | "end">;

/**
 * Lines by hour and stream, in memory or in a folder. A line whose push has returned is in the hands of the operating
 * system: killing the process loses nothing.
 *
 * @example
 * const store = new Store({ dir: "data", clock: Date.now });
 * store.push([{ labels: { agent_id: "a" }, entries: [{ ts: 1795168800000000000n, line: "hello" }] }]);
 */
export class Store implements EntrySource {
  readonly #options: StoreOptions;
  readonly #folder: HourFolder;
  readonly #streams = new Streams();
  readonly #cacheBytes: number;
  readonly #tables: ByteCache<Indexed, Columns>;
  readonly #report: (message: string) => void;
  readonly #listeners = new Listeners();
  /** In order of time. */
  #hours: Hour[] = [];
  #lastUpkeep: number;
  #closed = false;

  /** @throws StoreError of kind `locked` or `folder` */
  constructor(options: StoreOptions) {
    this.#options = options;
    this.#report = options.report ?? (() => undefined);
    const cacheBytes = options.cacheBytes ?? STORE_DEFAULTS.cacheBytes;
    this.#cacheBytes = cacheBytes;
    this.#tables = new ByteCache(cacheBytes / 4);
    this.#folder =
      options.dir === undefined ? memoryFolder() : diskFolder(options.dir, { cacheBytes, write: options.write });
    for (const number of this.#folder.hours) {
      const hour = this.#made(number);
      hour.recover((labels) => this.#streams.of(labels));
      this.#hours.push(hour);
    }
    this.#lastUpkeep = options.clock();
    this.#retain();
    // On a full disk nothing can be written before: allowed less than last time, the store frees space here.
    this.#remove(this.#oldest([]).tooMany);
  }

  #made(number: number): Hour {
    const { lines, index } = this.#folder.files(number);
    return new Hour(number, { lines, index, tables: this.#tables, report: this.#report });
  }

  /** Of all files. */
  get bytes(): number {
    return this.#hours.reduce((sum, hour) => sum + hour.bytes, 0);
  }

  /** From the first hour with lines to the end of the last; undefined without lines. */
  get span(): TimeRange | undefined {
    const [first, last] = [this.#hours[0], this.#hours.at(-1)];
    return first && last && { start: first.start, end: last.start + HOUR_NS };
  }

  /**
   * Stores lines. Equal lines (stream, ts, text, structured metadata) are stored once.
   *
   * @throws StoreError of kind `write` or `full`; then nothing of the push is stored
   */
  push(streams: readonly PushStream[]): PushResult {
    if (this.#closed) throw new StoreError("write", "the store is closed");
    this.#upkeepWhenDue();
    const now = BigInt(Math.trunc(this.#options.clock())) * 1_000_000n;
    const acceptance = new Acceptance(this.#streams, { now, anyTime: this.#options.anyTime === true });
    for (const stream of streams) acceptance.add(stream);
    const byHour = this.#newLines(acceptance.accepted);
    let stored = 0;
    for (const lines of byHour.values()) stored += lines.length;
    if (stored > 0) this.#store(byHour);
    this.#listeners.tell(byHour);
    return { stored, duplicates: acceptance.accepted.length - stored, refusals: acceptance.refusals };
  }

  /** Calls back with the new lines of each push, until the returned function is called. */
  onStored(listener: StoredListener): () => void {
    return this.#listeners.add(listener);
  }

  /** The lines that are not there yet, by their hour. */
  #newLines(accepted: readonly Accepted[]): Map<number, NewLine[]> {
    const byHour = new Map<number, NewLine[]>();
    const seen = new Map<Stream, Map<bigint, NewLine[]>>();
    for (const { stream, ts, line, bytes, meta } of accepted) {
      const number = Number(ts / HOUR_NS);
      const fresh: NewLine = { stream, rel: Number(ts % HOUR_NS), line, bytes, meta };
      if (isRepeated(seen, ts, fresh) || this.#hour(number)?.holds(fresh) === true) continue;
      const lines = byHour.get(number);
      if (lines === undefined) byHour.set(number, [fresh]);
      else lines.push(fresh);
    }
    return byHour;
  }

  #store(byHour: ReadonlyMap<number, readonly NewLine[]>): void {
    const fresh: Hour[] = [];
    const written: Written[] = [];
    try {
      for (const [number, lines] of byHour) {
        let hour = this.#hour(number);
        if (hour === undefined) {
          hour = this.#made(number);
          fresh.push(hour);
        }
        written.push(hour.write(lines));
      }
      this.#makeRoom(fresh);
    } catch (error) {
      for (const part of written) part.undo();
      for (const hour of fresh) hour.remove();
      if (!(error instanceof StoreError) || error.kind !== "write") throw error;
      throw new StoreError("write", `${error.message}; nothing of this push was stored`, error.cause);
    }
    if (fresh.length > 0) this.#hours = [...this.#hours, ...fresh].sort((a, b) => a.number - b.number);
    for (const part of written) part.publish();
    for (const [number, lines] of byHour) {
      const start = BigInt(number) * HOUR_NS;
      for (const { stream, rel } of lines) {
        if (stream.newest === 0n) this.#streams.add(stream);
        stream.seen(start + BigInt(rel));
      }
    }
  }

  #hour(number: number): Hour | undefined {
    let low = 0;
    let high = this.#hours.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const hour = this.#hours[middle];
      if (hour === undefined || hour.number === number) return hour;
      if (hour.number < number) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  select(matchers: readonly Matcher[], range: EntryRange): readonly StreamEntries[] {
    this.#upkeepWhenDue();
    const hours = this.#within(range);
    const fits = hours.reduce((sum, hour) => sum + hour.bytes, 0) <= this.#cacheBytes;
    const found: StreamEntries[] = [];
    for (const [stream, parts] of this.#matching(matchers, hours)) {
      const there = parts.filter((hour) => hour.has(stream, range));
      if (there.length === 0) continue;
      if (range.direction === "backward") there.reverse();
      found.push({ labels: stream.labels, entries: { [Symbol.iterator]: () => readAll(there, stream, range, fits) } });
    }
    return found;
  }

  /** Labels of the streams that all matchers match and that may have lines within the time, which is read by the hour. */
  labels(matchers: readonly Matcher[], range: TimeRange): Labels[] {
    return [...this.#matching(matchers, this.#within(range)).keys()].map((stream) => stream.labels);
  }

  /** How much there is, counted in whole hours. */
  volume(matchers: readonly Matcher[], range: TimeRange): Volume {
    const volume = { streams: 0, chunks: 0, bytes: 0, entries: 0 };
    for (const [stream, hours] of this.#matching(matchers, this.#within(range))) {
      volume.streams += 1;
      for (const hour of hours) {
        const span = hour.span(stream);
        volume.chunks += 1;
        volume.bytes += span?.bytes ?? 0;
        volume.entries += span?.count ?? 0;
      }
    }
    return volume;
  }

  #within({ start, end }: TimeRange): Hour[] {
    return this.#hours.filter((hour) => hour.start < end && hour.start + HOUR_NS > start);
  }

  #matching(matchers: readonly Matcher[], hours: readonly Hour[]): Map<Stream, Hour[]> {
    const matches = matchingLabels(matchers);
    const asked = new Map<Stream, boolean>();
    const found = new Map<Stream, Hour[]>();
    for (const hour of hours) {
      for (const stream of hour.streams()) {
        let wanted = asked.get(stream);
        if (wanted === undefined) {
          wanted = matches(stream.labels);
          asked.set(stream, wanted);
        }
        if (!wanted) continue;
        const parts = found.get(stream);
        if (parts === undefined) found.set(stream, [hour]);
        else parts.push(hour);
      }
    }
    return found;
  }

  #upkeepWhenDue(): void {
    if (Math.abs(this.#options.clock() - this.#lastUpkeep) >= UPKEEP_MS) this.upkeep();
  }

  /** Removes hours that are too old and indexes what is not; a store in use does so by itself every 10 s. */
  upkeep(): void {
    this.#lastUpkeep = this.#options.clock();
    this.#retain();
    for (const hour of this.#hours) hour.flush();
  }

  #retain(): void {
    const keep = this.#options.retentionMs ?? STORE_DEFAULTS.retentionMs;
    if (this.#options.anyTime === true || !Number.isFinite(keep)) return;
    const oldest = BigInt(Math.trunc(this.#options.clock() - keep)) * 1_000_000n;
    this.#remove(this.#hours.filter((hour) => hour.start + HOUR_NS <= oldest));
  }

  /**
   * Removes the oldest hours until all fit.
   *
   * @throws StoreError of kind `full`; then nothing was removed
   */
  #makeRoom(fresh: readonly Hour[]): void {
    const { tooMany, fits } = this.#oldest(fresh);
    if (!fits) {
      const size = `${Math.floor(this.#maxBytes / MIB)} MiB`;
      const why = `the lines of the newest hour alone fill the store, which may hold ${size}; allow it more`;
      throw new StoreError("full", why);
    }
    this.#remove(tooMany);
  }

  /** The oldest hours without which all fit; never the last one there is. */
  #oldest(fresh: readonly Hour[]): { tooMany: readonly Hour[]; fits: boolean } {
    const allowed = this.#maxBytes;
    let bytes = this.bytes + fresh.reduce((sum, hour) => sum + hour.bytes, 0);
    const newest = this.#hours.at(-1);
    const tooMany: Hour[] = [];
    for (const hour of this.#hours) {
      if (bytes <= allowed || (hour === newest && fresh.length === 0)) break;
      tooMany.push(hour);
      bytes -= hour.bytes;
    }
    return { tooMany, fits: bytes <= allowed };
  }

  get #maxBytes(): number {
    const { maxBytes, dir } = this.#options;
    return maxBytes ?? (dir === undefined ? STORE_DEFAULTS.maxMemoryBytes : STORE_DEFAULTS.maxBytes);
  }

  #remove(hours: readonly Hour[]): void {
    if (hours.length === 0) return;
    const gone = new Set(hours);
    this.#hours = this.#hours.filter((hour) => !gone.has(hour));
    for (const hour of hours) this.#removeFiles(hour);
    const used = new Set(this.#hours.flatMap((hour) => [...hour.streams()]));
    for (const stream of [...this.#streams]) if (!used.has(stream)) this.#streams.delete(stream);
  }

  #removeFiles(hour: Hour): void {
    try {
      hour.remove();
    } catch (error) {
      this.#report(`cannot remove the files of ${hour.name}: ${messageOf(error)}; remove them by hand`);
    }
  }

  /** Writes what is not indexed and gives the folder up; nothing may be asked of the store afterwards. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const hour of this.#hours) hour.close();
    this.#folder.close();
  }
}

function* readAll(hours: readonly Hour[], stream: Stream, range: EntryRange, fits: boolean): Generator<Entry> {
  for (const hour of hours) yield* hour.read(stream, range, fits);
}
