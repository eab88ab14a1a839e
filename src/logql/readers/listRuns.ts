import type { RunStatus } from "../../core/run";
import type { LokiApi, Nanos } from "../api";
import { asksForEnd, finishedRuns, type RunFilter, type Scope, startedAndFinishedRuns } from "../builders";
import { readEnds, withOpenStatus } from "./openRuns";
import { MOST_LINES, pageLogs, type ReadEntry } from "./pageLogs";
import type { Clock, Cut, ReadRequest } from "./request";
import {
  type EndLine,
  isEnd,
  isStart,
  laterEnd,
  lineOf,
  type RunSummary,
  type StartLine,
  summarise,
} from "./runSummary";

/** Where the next page of a list begins. It is plain data apart from its BigInt, and good for the same request only. */
export interface RunsCursor {
  /** The next page reads lines before this time. */
  readonly before: Nanos;
  /** Keys of lines at the nanosecond before it that were read already. */
  readonly seen: readonly string[];
  /** Runs whose end was read and whose start is still to come; undefined when they were too many to keep. */
  readonly ended: readonly string[] | undefined;
}

export interface RunsRequest extends ReadRequest, Clock {
  readonly filter?: RunFilter | undefined;
  /** Any of these; all by default. */
  readonly statuses?: readonly RunStatus[] | undefined;
  /** Runs of a page; 100 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: RunsCursor | undefined;
}

export interface RunsPage {
  /** By `at`, newest first. A run that wrote two terminal lines far apart may come again on a later page. */
  readonly runs: readonly RunSummary[];
  /** There while there may be more. */
  readonly cursor: RunsCursor | undefined;
  readonly more: boolean;
  readonly cut: Cut | undefined;
}

/** Ends whose starts are awaited: as many as runs go on at once, unless starts are missing. */
const MOST_AWAITED = 2000;
const OPEN: readonly RunStatus[] = ["running", "stalled"];

interface Draft {
  start?: { readonly line: StartLine; readonly ts: Nanos };
  end?: { readonly line: EndLine; readonly ts: Nanos };
}

/** Folds lines, newest first, into runs until there are enough. */
class Fold {
  readonly drafts = new Map<string, Draft>();
  readonly #awaited: Set<string>;
  readonly #remembers: boolean;
  readonly #limit: number;
  #ts: Nanos | undefined;
  #keys: string[];

  constructor(limit: number, cursor: RunsCursor | undefined) {
    this.#limit = limit;
    this.#awaited = new Set(cursor?.ended);
    this.#remembers = cursor === undefined || cursor.ended !== undefined;
    this.#ts = cursor && cursor.before - 1n;
    this.#keys = [...(cursor?.seen ?? [])];
  }

  /** False when ends of earlier pages were forgotten, so that a start does not tell whether its run is open. */
  get remembers(): boolean {
    return this.#remembers;
  }

  /** Takes a start that was read along with the page; the next page reads it again. */
  complete(read: ReadEntry): void {
    const line = lineOf(read);
    if (line === undefined || !isStart(line)) return;
    const draft = this.drafts.get(line.run_id);
    if (draft?.end !== undefined) draft.start ??= { line, ts: read.entry.ts };
  }

  /** @returns the place to go on from when the line begins one run too many */
  add(read: ReadEntry): RunsCursor | undefined {
    const { ts } = read.entry;
    if (ts !== this.#ts) {
      this.#ts = ts;
      this.#keys = [];
    }
    const line = lineOf(read);
    if (line !== undefined && line.run_id !== "" && (isEnd(line) || isStart(line))) {
      const { run_id } = line;
      const known = this.drafts.get(run_id);
      const isNew = known === undefined && !(isStart(line) && this.#awaited.has(run_id));
      if (isNew && this.drafts.size >= this.#limit) return this.#cursor(ts);
      if (isEnd(line)) this.#end(line, ts, known);
      else this.#start(line, ts, known);
    }
    this.#keys.push(read.key);
    return undefined;
  }

  #end(line: EndLine, ts: Nanos, known: Draft | undefined): void {
    const draft = known ?? {};
    draft.end = laterEnd(draft.end, { line, ts });
    this.drafts.set(line.run_id, draft);
    if (draft.start === undefined) this.#awaited.add(line.run_id);
  }

  #start(line: StartLine, ts: Nanos, known: Draft | undefined): void {
    // Its end was on an earlier page, and the run with it.
    if (this.#awaited.delete(line.run_id) && known === undefined) return;
    this.drafts.set(line.run_id, { ...known, start: { line, ts } });
  }

  #cursor(ts: Nanos): RunsCursor {
    const ended = this.#remembers && this.#awaited.size <= MOST_AWAITED ? [...this.#awaited] : undefined;
    return { before: ts + 1n, seen: this.#keys, ended };
  }
}

/**
 * Lists runs, newest first: finished ones by their terminal line, open ones by their start line. One query per page, a
 * second one where open runs have to be told from stalled ones or from runs that ended outside the time asked for. A
 * filter that only terminal lines can pass lists no open runs.
 *
 * @throws LokiError
 * @example
 * let page = await listRuns(api, { start, end, now, filter: { agents: ["support-bot"] } });
 * while (page.cursor) page = await listRuns(api, { start, end, now, cursor: page.cursor });
 */
export async function listRuns(api: LokiApi, request: RunsRequest): Promise<RunsPage> {
  const { scope = {}, filter = {}, statuses, limit = 100, cursor, signal, start } = request;
  const wantsOpen = !asksForEnd(filter) && (statuses === undefined || statuses.some((status) => OPEN.includes(status)));
  const query = wantsOpen
    ? startedAndFinishedRuns(scope, filter)
    : finishedRuns(scope, { ...filter, ...ended(statuses) });
  // Two lines a run, and a few more to see whether there is another one.
  const pageLines = Math.min(MOST_LINES, wantsOpen ? 2 * limit + 50 : limit + 1);
  const fold = new Fold(limit, cursor);
  const range = { start, end: cursor?.before ?? request.end };
  let next: RunsCursor | undefined;
  let cut: Cut | undefined;
  const pages = pageLogs(api, { query, ...range, direction: "backward", pageLines, seen: cursor?.seen, signal });
  for await (const page of pages) {
    if (page.crowded !== undefined) cut ??= { reason: "instant", at: page.crowded };
    for (const read of page.entries) {
      if (next === undefined) next = fold.add(read);
      if (next !== undefined) fold.complete(read);
    }
    if (next !== undefined) break;
  }
  const all = await finish(api, fold, { ...request, scope, filter });
  const runs = statuses === undefined ? all : all.filter(({ status }) => statuses.includes(status));
  return { runs, cursor: next, more: next !== undefined, cut };
}

function ended(statuses: readonly RunStatus[] | undefined): Pick<RunFilter, "ended"> {
  if (statuses === undefined) return {};
  const both = [
    ...(statuses.includes("completed") ? (["run.completed"] as const) : []),
    ...(statuses.includes("errored") ? (["run.errored"] as const) : []),
  ];
  return { ended: both };
}

type FinishRequest = RunsRequest & { readonly scope: Scope; readonly filter: RunFilter };

/** Looks for the ends of runs that seem open, then sums all up. */
async function finish(api: LokiApi, fold: Fold, request: FinishRequest): Promise<RunSummary[]> {
  const { scope, filter, now, signal } = request;
  // The end of a run may lack the text that its start holds, or have been forgotten since: then it may be anywhere.
  const anywhere = (filter.text ?? "") !== "" || !fold.remembers;
  const since = anywhere ? request.start : request.end;
  const until = now > request.end ? now + 1n : request.end;
  const open = [...fold.drafts].filter(([, draft]) => draft.end === undefined).map(([run_id]) => run_id);
  const ends =
    open.length === 0 ? undefined : await readEnds(api, { scope, run_ids: open, start: since, end: until, signal });
  const runs: RunSummary[] = [];
  for (const [run_id, draft] of fold.drafts) {
    const found = ends?.get(run_id);
    // It ended after the time asked for, or was listed with its end on an earlier page.
    if (found !== undefined && (found.ts >= request.end || !fold.remembers)) continue;
    const summary = summarise(found === undefined ? draft : { ...draft, end: found }, "running");
    if (summary !== undefined)
      runs.push(found === undefined ? summary : { ...summary, at: draft.start?.ts ?? summary.at });
  }
  return withOpenStatus(api, runs, { ...request, scope });
}
