import { type FailureType, isRecord, type LineOf, type Severity, severityRank } from "../../core/wire";
import type { LokiApi, Nanos } from "../api";
import { allLines, recordedSignals, type Scope, type SignalFilter } from "../builders";
import { collectLogs } from "./collectLogs";
import { readEnds } from "./openRuns";
import { MOST_LINES, pageLogs, type ReadEntry } from "./pageLogs";
import { type Clock, type Cut, msToNanos, type ReadRequest } from "./request";
import { isEnd, lineOf, type RecordedSignal, type RunSummary, summarise } from "./runSummary";

/** A signal as the producer recorded it. */
export interface SignalRow {
  readonly run_id: string;
  readonly agent_id: string;
  readonly agent_version: string | undefined;
  readonly session_id: string | undefined;
  readonly failure_type: FailureType;
  readonly severity: Severity;
  /** What the rule alone said; a live signal does not tell. */
  readonly base_severity: Severity | undefined;
  readonly confidence: number;
  readonly shadow: boolean;
  /** `final` from the terminal line; `live` of a run that is still open. */
  readonly phase: "final" | "live";
  /** Later events can take it back or lower it. */
  readonly provisional: boolean;
  /** Of the line of the signal; undefined where only the terminal line is known. */
  readonly title: string | undefined;
  readonly evidence: Readonly<Record<string, unknown>> | undefined;
  readonly step_index: number | undefined;
  /** The run, once it has ended. */
  readonly run: RunSummary | undefined;
  /** When it was recorded, as Loki counts. */
  readonly at: Nanos;
}

export interface SignalsCursor {
  readonly before: Nanos;
  readonly seen: readonly string[];
}

export interface SignalsRequest extends ReadRequest, Clock {
  readonly filter?: SignalFilter | undefined;
  /** Rows of a page at least, while there are so many: the signals of one run stay together. 100 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: SignalsCursor | undefined;
  /** Live signals of open runs too, on the first page; true by default. */
  readonly live?: boolean | undefined;
}

export interface SignalsPage {
  /** Newest first, those of one run worst first. */
  readonly signals: readonly SignalRow[];
  readonly cursor: SignalsCursor | undefined;
  readonly more: boolean;
  readonly cut: Cut | undefined;
}

/** Whether a signal passes the filter of a request. */
function wanted(filter: SignalFilter, signal: Pick<RecordedSignal, "failure_type" | "severity" | "shadow">): boolean {
  const { failure_types = [], min_severity = "MEDIUM", shadow = false } = filter;
  if (failure_types.length > 0 && !failure_types.includes(signal.failure_type)) return false;
  return severityRank(signal.severity) >= severityRank(min_severity) && (shadow || !signal.shadow);
}

function finalRows(read: ReadEntry, filter: SignalFilter): SignalRow[] {
  const line = lineOf(read);
  if (line === undefined || !isEnd(line)) return [];
  const at = read.entry.ts;
  const run = summarise({ end: { line, ts: at } }, "running");
  if (run === undefined) return [];
  const { run_id, agent_id, agent_version, session_id } = run;
  return (run.signals ?? [])
    .filter((signal) => wanted(filter, signal))
    .map((signal) => ({
      run_id,
      agent_id,
      agent_version,
      session_id,
      ...signal,
      phase: "final" as const,
      provisional: false,
      title: undefined,
      evidence: undefined,
      step_index: undefined,
      run,
      at,
    }));
}

function liveRow(line: SignalLine, at: Nanos): SignalRow {
  const { run_id, agent_id, agent_version, session_id, step_index } = line;
  const { failure_type, severity, confidence, shadow, provisional = false, title, evidence } = line.payload;
  const signal = { failure_type, severity, base_severity: undefined, confidence, shadow };
  const from = { run_id, agent_id, agent_version, session_id, step_index, run: undefined, at };
  return { ...from, ...signal, phase: "live", provisional, title, evidence: isRecord(evidence) ? evidence : undefined };
}

/** Live signals of runs that have not ended: the worst of each run and type. */
async function liveRows(api: LokiApi, request: SignalsRequest, scope: Scope, filter: SignalFilter): Promise<Part> {
  const { start, end, now, signal } = request;
  const { failure_types: _types, min_severity: _severity, shadow: _shadow, ...identity } = filter;
  const query = allLines(scope, { ...identity, event_types: ["signal.detected"] });
  const pages = { query, start, end, direction: "backward", signal } as const;
  const { entries, cut } = await collectLogs(api, pages, MOST_LINES);
  const over = new Set<string>();
  const worst = new Map<string, SignalRow>();
  const details = new Map<string, SignalLine>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line?.event_type !== "signal.detected") continue;
    // Final ones are written right before the end.
    const key = `${line.payload.failure_type} ${line.run_id}`;
    if (line.payload.phase === "final") {
      over.add(line.run_id);
      details.set(key, line);
    } else if (wanted(filter, line.payload)) {
      const known = worst.get(key);
      const row = liveRow(line, read.entry.ts);
      if (known === undefined || severityRank(row.severity) > severityRank(known.severity)) worst.set(key, row);
    }
  }
  const rows = [...worst.values()].filter(({ run_id }) => !over.has(run_id));
  const run_ids = [...new Set(rows.map(({ run_id }) => run_id))];
  const ends = await readEnds(api, { scope, run_ids, start, end: now > end ? now + 1n : end, signal });
  return { rows: rows.filter(({ run_id }) => !ends.has(run_id)), details, cut };
}

type SignalLine = LineOf<"signal.detected">;

interface Part {
  readonly rows: readonly SignalRow[];
  /** Final lines by type and run. */
  readonly details: ReadonlyMap<string, SignalLine>;
  readonly cut: Cut | undefined;
}

/** Final lines are written right before the end. */
const BEFORE_END = msToNanos(60_000);

/** The final lines of rows, by type and run. */
async function finalLines(
  api: LokiApi,
  request: SignalsRequest,
  rows: readonly SignalRow[],
): Promise<ReadonlyMap<string, SignalLine>> {
  const { scope = {}, filter = {}, signal } = request;
  const [newest, oldest] = [rows[0], rows.at(-1)];
  if (newest === undefined || oldest === undefined) return new Map();
  const { failure_types: _types, min_severity: _severity, shadow: _shadow, ...identity } = filter;
  const query = allLines(scope, { ...identity, event_types: ["signal.detected"] });
  const time = { start: oldest.at - BEFORE_END, end: newest.at + 1n };
  const { entries } = await collectLogs(api, { query, ...time, direction: "backward", signal }, MOST_LINES);
  const details = new Map<string, SignalLine>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line?.event_type !== "signal.detected" || line.payload.phase !== "final") continue;
    details.set(`${line.payload.failure_type} ${line.run_id}`, line);
  }
  return details;
}

/** A final row with what its own line says. */
function detailed(row: SignalRow, details: ReadonlyMap<string, SignalLine>): SignalRow {
  const line = details.get(`${row.failure_type} ${row.run_id}`);
  if (line === undefined) return row;
  const { title, evidence } = line.payload;
  return { ...row, title, evidence: isRecord(evidence) ? evidence : undefined };
}

/**
 * Lists recorded signals, newest first: the verdicts on terminal lines, and live signals of runs that are still open.
 *
 * @throws LokiError
 * @example
 * const { signals } = await listSignals(api, { start, end, now, filter: { min_severity: "HIGH" } });
 */
export async function listSignals(api: LokiApi, request: SignalsRequest): Promise<SignalsPage> {
  const { scope = {}, filter = {}, limit = 100, cursor, start, signal } = request;
  const wantsLive = cursor === undefined && request.live !== false;
  const live = wantsLive ? await liveRows(api, request, scope, filter) : undefined;
  let cut = live?.cut;
  const rows: SignalRow[] = [];
  let before = cursor?.before ?? request.end;
  let seen = [...(cursor?.seen ?? [])];
  let more = false;
  const query = recordedSignals(scope, filter);
  const range = { query, start, end: before, direction: "backward", seen } as const;
  reading: for await (const page of pageLogs(api, { ...range, pageLines: Math.min(limit + 1, MOST_LINES), signal })) {
    if (page.crowded !== undefined) cut ??= { reason: "instant", at: page.crowded };
    for (const read of page.entries) {
      if (rows.length >= limit) {
        more = true;
        break reading;
      }
      if (read.entry.ts + 1n !== before) seen = [];
      before = read.entry.ts + 1n;
      seen.push(read.key);
      rows.push(...finalRows(read, filter));
    }
  }
  const details = live?.details ?? (request.live === false ? new Map() : await finalLines(api, request, rows));
  const final = rows.map((row) => detailed(row, details));
  const signals = [...(live?.rows ?? []), ...final].sort(newestFirst);
  return { signals, cursor: more ? { before, seen } : undefined, more, cut };
}

/** Sorting is stable: the signals of one terminal line stay worst first. */
function newestFirst(a: SignalRow, b: SignalRow): number {
  if (a.at === b.at) return 0;
  return a.at < b.at ? 1 : -1;
}
