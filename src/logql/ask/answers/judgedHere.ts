import { FAILURE_TYPES, type FailureType } from "../../../core/wire";
import type { RunFilter } from "../../builders";
import { judgedRuns } from "../../detectors";
import { collectLogs, statedRun } from "../../readers";
import { MOST_LINES } from "../../readers/pageLogs";
import { isEnd, lineOf, summarise } from "../../readers/runSummary";
import { type AskContext, spanOf } from "../context";
import type { TimeSpan } from "../questions";
import { judgeRun } from "../verdicts/judgeRun";

/** So many terminal lines come in one answer of Loki. */
export const MOST_JUDGED = MOST_LINES - 1;

/** How often each detector fires, and how many runs it could judge. */
export interface Tally {
  readonly judged: number;
  /** Undefined where no run has what the rule needs. */
  readonly fired: ReadonlyMap<FailureType, number | undefined>;
}

/**
 * Judges each finished run of the time here, as lists do: one query for one page of terminal lines.
 *
 * @returns undefined when there are more runs than one page holds
 */
export async function judgedHere(
  range: TimeSpan,
  filter: RunFilter,
  { api, settings }: AskContext,
  signal: AbortSignal | undefined,
): Promise<Tally | undefined> {
  const query = judgedRuns({ scope: settings.scope, filter });
  const pages = { query, ...spanOf(range), direction: "backward", signal } as const;
  const { entries, cut } = await collectLogs(api, pages, MOST_JUDGED);
  if (cut !== undefined) return undefined;
  const fired = new Map<FailureType, number>();
  const silent = new Map<FailureType, number>();
  const seen = new Set<string>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line === undefined || !isEnd(line) || seen.has(line.run_id)) continue;
    const summary = summarise({ end: { line, ts: read.entry.ts } }, "running");
    const run = summary && statedRun(summary);
    if (run === undefined) continue;
    seen.add(line.run_id);
    const { signals, no_data } = judgeRun(run, settings);
    for (const { failure_type } of signals) count(fired, failure_type);
    for (const { failure_type } of no_data) count(silent, failure_type);
  }
  const judged = seen.size;
  return { judged, fired: new Map(FAILURE_TYPES.map((type) => [type, firedOf(fired, silent, type, judged)])) };
}

/** Where a rule could judge no run, nothing fires and nothing is clear either. */
function firedOf(
  fired: ReadonlyMap<FailureType, number>,
  silent: ReadonlyMap<FailureType, number>,
  type: FailureType,
  judged: number,
): number | undefined {
  return (silent.get(type) ?? 0) >= judged ? undefined : (fired.get(type) ?? 0);
}

function count(counts: Map<FailureType, number>, type: FailureType): void {
  counts.set(type, (counts.get(type) ?? 0) + 1);
}
