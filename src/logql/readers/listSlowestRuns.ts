import type { LokiApi } from "../api";
import { finishedRuns, type RunFilter } from "../builders";
import { collectLogs } from "./collectLogs";
import type { Cut, ReadRequest } from "./request";
import { isEnd, laterEnd, lineOf, type RunEnds, type RunSummary, summarise } from "./runSummary";

export interface SlowestRequest extends ReadRequest {
  readonly filter?: RunFilter | undefined;
  /** 100 by default. */
  readonly limit?: number | undefined;
  /** Terminal lines looked at, the newest ones; 10,000 by default. */
  readonly maxLines?: number | undefined;
}

export interface SlowestRuns {
  /** Slowest first, runs of unknown duration last; only runs that have ended. */
  readonly runs: readonly RunSummary[];
  /** There are others, all of them faster. */
  readonly more: boolean;
  /** Older runs were not looked at. */
  readonly cut: Cut | undefined;
}

/**
 * Lists the slowest runs. Loki cannot sort by a field of the line, so every terminal line of the time is read.
 *
 * @throws LokiError
 */
export async function listSlowestRuns(api: LokiApi, request: SlowestRequest): Promise<SlowestRuns> {
  const { scope = {}, filter = {}, limit = 100, maxLines = 10_000, start, end, signal } = request;
  const pages = { query: finishedRuns(scope, filter), start, end, direction: "backward", signal } as const;
  const { entries, cut } = await collectLogs(api, pages, maxLines);
  const ends = new Map<string, NonNullable<RunEnds["end"]>>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line === undefined || !isEnd(line)) continue;
    ends.set(line.run_id, laterEnd(ends.get(line.run_id), { line, ts: read.entry.ts }));
  }
  const runs = [...ends.values()].flatMap((run) => summarise({ end: run }, "running") ?? []);
  runs.sort((a, b) => (b.duration_ms ?? -1) - (a.duration_ms ?? -1));
  return { runs: runs.slice(0, limit), more: runs.length > limit, cut };
}
