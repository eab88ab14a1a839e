import type { RunSummary } from "../../logql/readers";

/** What becomes of a run under other thresholds. */
export interface ComparedRun {
  readonly run: RunSummary;
  readonly becomes: "still fires" | "would be clear" | "would fire";
}

/** Some of the runs that fire, newest first, of `fired` in all. */
export interface FiringRuns {
  readonly fired: number;
  readonly runs: readonly RunSummary[];
}

/**
 * The runs that fire today or with other thresholds, newest first, and what becomes of each. Where a list was cut, runs
 * older than its last one cannot be told and are left out.
 */
export function compareRuns(today: FiringRuns, tried: FiringRuns): readonly ComparedRun[] {
  const since = [endOf(today), endOf(tried)].reduce((a, b) => (a > b ? a : b));
  const before = new Set(today.runs.map(({ run_id }) => run_id));
  const after = new Set(tried.runs.map(({ run_id }) => run_id));
  const all = new Map([...today.runs, ...tried.runs].map((run) => [run.run_id, run]));
  return [...all.values()]
    .filter(({ at }) => at >= since)
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
    .map((run) => ({
      run,
      becomes: !before.has(run.run_id) ? "would fire" : after.has(run.run_id) ? "still fires" : "would be clear",
    }));
}

/** The time up to which the list is whole. */
function endOf({ fired, runs }: FiringRuns): bigint {
  return runs.length >= fired ? 0n : (runs.at(-1)?.at ?? 0n);
}
