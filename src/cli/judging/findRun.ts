import type { JudgedRun } from "../../core/judging";
import { HEADLINE, selectSignals } from "../../core/judging";
import { nearest, UsageError } from "../errors";
import type { ChildRun } from "../output/runHeader";
import { sanitise } from "../output/sanitise";

/** Candidates an error names at most. */
const NAMED = 5;

export interface FoundRun {
  readonly judged: JudgedRun;
  /** Runs nested in it, in the order they started. */
  readonly children: readonly ChildRun[];
}

/**
 * Picks the run whose id starts with `id`, and its children, out of a stream of runs.
 *
 * @param known ids of all runs that were read, for the error
 * @throws UsageError when no run or more than one matches
 */
export async function findRun(
  id: string,
  runs: AsyncIterable<JudgedRun>,
  known: () => Iterable<string>,
): Promise<FoundRun> {
  const matches: string[] = [];
  let found: JudgedRun | undefined;
  const nested: (ChildRun & { readonly parent: string; readonly started_at: number })[] = [];
  for await (const judged of runs) {
    const { run } = judged;
    // A whole id wins over one it is the start of.
    if (run.run_id === id || (run.run_id.startsWith(id) && found?.run.run_id !== id)) {
      matches.push(run.run_id);
      found = judged;
    }
    if (run.parent_run_id?.startsWith(id) === true) {
      nested.push({ ...childOf(judged), parent: run.parent_run_id, started_at: run.started_at });
    }
  }
  if (found === undefined) throw unknownRun(id, known());
  const { run_id } = found.run;
  if (matches.length > 1 && run_id !== id) throw ambiguousRun(id, matches);
  const children = nested.filter((child) => child.parent === run_id).sort((a, b) => a.started_at - b.started_at);
  return { judged: found, children: children.map(({ parent: _parent, started_at: _started, ...child }) => child) };
}

/** What a parent lists of a nested run. */
export function childOf({ run, signals }: JudgedRun): ChildRun {
  const [worst] = selectSignals(signals, HEADLINE);
  return {
    run_id: run.run_id,
    agent_id: run.agent_id,
    status: run.status,
    duration_ms: run.facts.duration_ms,
    worst: worst === undefined ? undefined : { severity: worst.severity, title: worst.title },
  };
}

function unknownRun(id: string, known: Iterable<string>): UsageError {
  const ids = [...known];
  if (ids.length === 0) return new UsageError("No run was read");
  const near = nearest(
    id,
    ids.map((run_id) => run_id.slice(0, Math.max(id.length, 1))),
  );
  const candidates = near === undefined ? ids : ids.filter((run_id) => run_id.startsWith(near));
  const hint = near === undefined ? "the runs are" : "near it are";
  return new UsageError(`No run starts with ${sanitise(id)}; ${hint} ${listed(candidates, id)}`);
}

function ambiguousRun(id: string, matches: readonly string[]): UsageError {
  return new UsageError(
    `${matches.length} runs start with ${sanitise(id)}: ${listed(matches, id)}; give more of the id`,
  );
}

/** As much of the ids as tells them apart. */
function listed(ids: readonly string[], id: string): string {
  const length = Math.max(8, id.length + 4);
  const named = ids.slice(0, NAMED).map((run_id) => sanitise(run_id.slice(0, length)));
  return ids.length > NAMED ? `${named.join(", ")} and ${ids.length - NAMED} more` : named.join(", ");
}
