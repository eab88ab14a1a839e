import { type ParseResult, parseLine, type Reduction } from "../../core/wire";
import type { LogEntry, LogQuery, LogqlText, LokiApi, Nanos } from "../api";

/** The most lines that Loki hands out at once. */
export const MOST_LINES = 5000;

export interface PagesRequest {
  readonly query: LogqlText;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly direction: "forward" | "backward";
  /** Lines a query asks for; the most Loki allows by default. */
  readonly pageLines?: number | undefined;
  /** Keys of lines at the first timestamp that were read before: the `seen` of a cursor. */
  readonly seen?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Turns raw content of Python 0.4 and later into hashes; without it such content counts as absent. */
  readonly reduction?: Reduction | undefined;
}

/** A line as Loki gave it and as it was read. */
export interface ReadEntry {
  readonly entry: LogEntry;
  readonly parsed: ParseResult;
  /** Tells it from other lines with its timestamp. */
  readonly key: string;
}

export interface LogPage {
  /** Each once, in the order of the direction. */
  readonly entries: readonly ReadEntry[];
  /** Nothing is left. */
  readonly done: boolean;
  /** One nanosecond held more lines than Loki hands out: those beyond were not read. */
  readonly crowded: Nanos | undefined;
}

/** (run_id, seq) where the line has them, else the whole line: the same event may come from two streams. */
function keyOf(entry: LogEntry, parsed: ParseResult): string {
  if (!parsed.ok || parsed.line.seq === undefined || parsed.line.run_id === "") return entry.line;
  return `${parsed.line.seq} ${parsed.line.run_id}`;
}

/** Drops lines that came before with the same timestamp. Lines of one timestamp are neighbours. */
class Once {
  ts: Nanos | undefined;
  readonly keys: Set<string>;
  readonly #reduction: Reduction | undefined;

  constructor(seen: readonly string[], ts: Nanos | undefined, reduction: Reduction | undefined) {
    this.keys = new Set(seen);
    this.ts = ts;
    this.#reduction = reduction;
  }

  take(entries: readonly LogEntry[]): ReadEntry[] {
    const fresh: ReadEntry[] = [];
    for (const entry of entries) {
      if (entry.ts !== this.ts) {
        this.ts = entry.ts;
        this.keys.clear();
      }
      const parsed = parseLine(entry.line, this.#reduction);
      const key = keyOf(entry, parsed);
      if (this.keys.has(key)) continue;
      this.keys.add(key);
      fresh.push({ entry, parsed, key });
    }
    return fresh;
  }
}

/**
 * Reads all lines of a query page by page, each line once. Loki cuts a page anywhere, within a nanosecond too: the next
 * page begins at the last timestamp and leaves out what it has seen.
 *
 * @throws LokiError
 * @example
 * for await (const page of pageLogs(api, { query, start, end, direction: "backward" })) use(page.entries);
 */
export async function* pageLogs(api: LokiApi, request: PagesRequest): AsyncGenerator<LogPage> {
  const { query, direction, signal } = request;
  const limit = Math.min(request.pageLines ?? MOST_LINES, MOST_LINES);
  const ask = (range: Pick<LogQuery, "start" | "end">, lines: number) =>
    api.logs({ query, direction, limit: lines, ...range }, signal);
  let { start, end } = request;
  const once = new Once(request.seen ?? [], direction === "backward" ? end - 1n : start, request.reduction);
  while (start < end) {
    const got = await ask({ start, end }, limit);
    const entries = once.take(got);
    const last = got.at(-1);
    if (got.length < limit || last === undefined) {
      yield { entries, done: true, crowded: undefined };
      return;
    }
    const { ts } = last;
    let crowded: Nanos | undefined;
    if (got[0]?.ts === ts) {
      // No way forward but over this nanosecond: what a whole page of Loki does not show of it cannot be had.
      if (limit < MOST_LINES) {
        const rest = await ask({ start: ts, end: ts + 1n }, MOST_LINES);
        entries.push(...once.take(rest));
        if (rest.length >= MOST_LINES) crowded = ts;
      } else crowded = ts;
      if (direction === "backward") end = ts;
      else start = ts + 1n;
    } else if (direction === "backward") end = ts + 1n;
    else start = ts;
    yield { entries, done: start >= end, crowded };
  }
}
