import type { Prices } from "../../core/prices";
import { type Run, rebuildRun } from "../../core/run";
import type { Line, Reduction, UnknownLine } from "../../core/wire";
import type { LogqlText, LokiApi, Nanos } from "../api";
import { runLines } from "../builders";
import { collectLogs } from "./collectLogs";
import type { ReadEntry } from "./pageLogs";
import { type Clock, type Cut, microsOf, msToNanos, type ReadRequest } from "./request";
import { isEnd, isStart, lineOf } from "./runSummary";

export interface RunRequest extends ReadRequest, Clock {
  readonly run_id: string;
  /** Where it is known: one agent's streams instead of all. */
  readonly agent_id?: string | undefined;
  /** A time within the run. The search begins there and widens towards `start` and `end` until the run is whole. */
  readonly around?: Nanos | undefined;
  readonly prices?: Prices | undefined;
  /** Turns raw content of Python 0.4 and later into hashes; without it such content counts as absent. */
  readonly reduction?: Reduction | undefined;
  /** Lines read at most; 50,000 by default. */
  readonly maxLines?: number | undefined;
}

export interface FoundRun {
  /** Undefined when no line of it lies in the time asked for. */
  readonly run: Run | undefined;
  /** Every line of the run that could be read, in no particular order. */
  readonly lines: readonly (Line | UnknownLine)[];
  /** Lines that name the run and break the wire format. */
  readonly unreadable: number;
  readonly cut: Cut | undefined;
}

const FIRST_REACH_MS = 15 * 60_000;
/** Events may follow the terminal line: external signals, and whatever a shipper brings late. */
const AFTER_END_MS = 10 * 60_000;
const MOST_RUN_LINES = 50_000;

/** Reads the lines of one run, window by window. */
class Search {
  readonly #api: LokiApi;
  readonly #request: RunRequest;
  readonly #query: LogqlText;
  readonly lines: (Line | UnknownLine)[] = [];
  unreadable = 0;
  cut: Cut | undefined;
  #started: Nanos | undefined;
  #ended: Nanos | undefined;

  constructor(api: LokiApi, request: RunRequest) {
    this.#api = api;
    this.#request = request;
    this.#query = runLines(request.scope ?? {}, request);
  }

  async read(start: Nanos, end: Nanos): Promise<void> {
    const { signal, reduction, maxLines = MOST_RUN_LINES } = this.#request;
    const left = maxLines - this.lines.length - this.unreadable;
    if (start >= end || left <= 0) return;
    const pages = { query: this.#query, start, end, direction: "forward", signal, reduction } as const;
    const { entries, cut } = await collectLogs(this.#api, pages, left);
    this.cut ??= cut;
    for (const read of entries) this.#take(read);
  }

  #take(read: ReadEntry): void {
    const { parsed, entry } = read;
    if (!parsed.ok) this.unreadable++;
    if (!parsed.ok || parsed.line.run_id !== this.#request.run_id) return;
    this.lines.push(parsed.line);
    const line = lineOf(read);
    if (line !== undefined && isStart(line)) this.#started = entry.ts;
    if (line !== undefined && isEnd(line)) this.#ended = entry.ts;
  }

  /** Whether nothing of the run can lie before this time. */
  beginsAfter(time: Nanos): boolean {
    return this.#started !== undefined && this.#started >= time;
  }

  endsBefore(time: Nanos): boolean {
    return this.#ended !== undefined && this.#ended + msToNanos(AFTER_END_MS) <= time;
  }
}

const latest = (a: Nanos, b: Nanos): Nanos => (a > b ? a : b);
const earliest = (a: Nanos, b: Nanos): Nanos => (a < b ? a : b);

/**
 * Reads all lines of one run and rebuilds it.
 *
 * @throws LokiError
 * @example
 * const { run } = await readRun(api, { run_id, agent_id, start, end, now, around: summary.at });
 */
export async function readRun(api: LokiApi, request: RunRequest): Promise<FoundRun> {
  const { start, end, around, now, stallAfterMs, prices } = request;
  const search = new Search(api, request);
  if (around === undefined) await search.read(start, end);
  else {
    let reach = msToNanos(FIRST_REACH_MS);
    let from = earliest(latest(around - reach, start), end);
    let to = latest(earliest(around + reach, end), from);
    await search.read(from, to);
    while (search.cut === undefined) {
      const earlier = from > start && !search.beginsAfter(from);
      const later = to < end && !search.endsBefore(to);
      if (!earlier && !later) break;
      reach *= 4n;
      const [oldFrom, oldTo] = [from, to];
      if (earlier) from = latest(around - reach, start);
      if (later) to = earliest(around + reach, end);
      await search.read(from, oldFrom);
      await search.read(oldTo, to);
    }
  }
  const { lines, unreadable, cut } = search;
  const run = lines.length === 0 ? undefined : rebuildRun(lines, { prices, now: microsOf(now), stallAfterMs });
  return { run, lines, unreadable, cut };
}
