import { STALL_AFTER_MS } from "../../core/run";
import type { LokiApi, Nanos } from "../api";
import { MOST_NAMED_RUNS, runActivity, runEnds, type Scope } from "../builders";
import { pageLogs } from "./pageLogs";
import { type Clock, msToNanos } from "./request";
import { type EndLine, isEnd, laterEnd, lineOf, type RunSummary } from "./runSummary";

export interface NamedRunsRequest {
  readonly scope: Scope;
  readonly run_ids: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

function* chunks(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += MOST_NAMED_RUNS) yield ids.slice(at, at + MOST_NAMED_RUNS);
}

/** Terminal lines of the named runs within a time, by run: one query per 200 runs. */
export async function readEnds(
  api: LokiApi,
  request: NamedRunsRequest & { readonly start: Nanos; readonly end: Nanos },
): Promise<Map<string, { readonly line: EndLine; readonly ts: Nanos }>> {
  const { scope, start, end, signal } = request;
  const ends = new Map<string, { readonly line: EndLine; readonly ts: Nanos }>();
  if (start >= end) return ends;
  for (const run_ids of chunks(request.run_ids)) {
    const query = runEnds(scope, { run_ids });
    for await (const page of pageLogs(api, { query, start, end, direction: "backward", signal })) {
      for (const read of page.entries) {
        const line = lineOf(read);
        if (line === undefined || !isEnd(line)) continue;
        ends.set(line.run_id, laterEnd(ends.get(line.run_id), { line, ts: read.entry.ts }));
      }
    }
  }
  return ends;
}

/**
 * Tells running runs from stalled ones: those that wrote no line for `stallAfterMs` are stalled. Runs that started later
 * than that need no query.
 */
export async function withOpenStatus(
  api: LokiApi,
  runs: readonly RunSummary[],
  request: Clock & { readonly scope: Scope; readonly signal?: AbortSignal | undefined },
): Promise<RunSummary[]> {
  const { scope, now, stallAfterMs = STALL_AFTER_MS, signal } = request;
  const since = now - msToNanos(stallAfterMs);
  const asked = runs.filter((run) => run.ended === undefined && run.at <= since).map(({ run_id }) => run_id);
  const active = new Set<string>();
  for (const run_ids of chunks(asked)) {
    const samples = await api.instant({ query: runActivity(scope, { run_ids }, stallAfterMs), time: now }, signal);
    for (const { metric, value } of samples) if (value > 0 && metric.rid !== undefined) active.add(metric.rid);
  }
  const silent = new Set(asked.filter((run_id) => !active.has(run_id)));
  return runs.map((run): RunSummary => (silent.has(run.run_id) ? { ...run, status: "stalled" } : run));
}
