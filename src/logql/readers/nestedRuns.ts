import type { LogqlText, LokiApi } from "../api";
import { childRuns, startedAndFinishedRuns } from "../builders";
import { collectLogs } from "./collectLogs";
import { readEnds, withOpenStatus } from "./openRuns";
import type { ReadEntry } from "./pageLogs";
import type { Clock, Cut, ReadRequest } from "./request";
import { isEnd, isStart, laterEnd, lineOf, type RunEnds, type RunSummary, summarise } from "./runSummary";

export interface RelatedRuns {
  /** In the order they started. */
  readonly runs: readonly RunSummary[];
  readonly cut: Cut | undefined;
}

/** Two lines a run: a thousand runs. */
const MOST_RELATED_LINES = 2000;

/** Start and end of each run among the lines. */
function endsOf(entries: readonly ReadEntry[]): Map<string, RunEnds> {
  const runs = new Map<string, RunEnds>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line === undefined) continue;
    const known = runs.get(line.run_id);
    const { ts } = read.entry;
    if (isStart(line)) runs.set(line.run_id, { start: { line, ts }, end: known?.end });
    else if (isEnd(line)) runs.set(line.run_id, { start: known?.start, end: laterEnd(known?.end, { line, ts }) });
  }
  return runs;
}

async function readRelated(api: LokiApi, query: LogqlText, request: ReadRequest & Clock): Promise<RelatedRuns> {
  const { start, end, now, scope = {}, signal } = request;
  const pages = { query, start, end, direction: "forward", signal } as const;
  const { entries, cut } = await collectLogs(api, pages, MOST_RELATED_LINES);
  const found = endsOf(entries);
  const open = [...found].filter(([, run]) => run.end === undefined).map(([run_id]) => run_id);
  // Whoever did not end in the time asked for, or whose end was cut off, may have ended all the same.
  const since = cut === undefined ? end : start;
  const ends = await readEnds(api, { scope, run_ids: open, start: since, end: now + 1n, signal });
  const runs = [...found].flatMap(
    ([run_id, run]) => summarise({ ...run, end: run.end ?? ends.get(run_id) }, "running") ?? [],
  );
  const known = await withOpenStatus(api, runs, { ...request, scope });
  return { runs: known.sort((a, b) => a.started_at - b.started_at), cut };
}

/**
 * Runs nested directly in a run, of whatever agent.
 *
 * @throws LokiError
 */
export async function readChildren(
  api: LokiApi,
  request: ReadRequest & Clock & { readonly run_id: string },
): Promise<RelatedRuns> {
  return readRelated(api, childRuns(request.scope ?? {}, request.run_id), request);
}

/**
 * The runs of a session.
 *
 * @throws LokiError
 */
export async function readSession(
  api: LokiApi,
  request: ReadRequest & Clock & { readonly session_id: string; readonly agents?: readonly string[] | undefined },
): Promise<RelatedRuns> {
  const { scope = {}, session_id, agents } = request;
  return readRelated(api, startedAndFinishedRuns(scope, { session_id, agents }), request);
}
