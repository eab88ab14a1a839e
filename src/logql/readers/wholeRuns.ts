import type { Prices } from "../../core/prices";
import { type Run, RunAssembler, rebuildRun } from "../../core/run";
import type { Reduction } from "../../core/wire";
import type { LokiApi, Nanos } from "../api";
import { allLines, type Scope } from "../builders";
import { pageLogs } from "./pageLogs";
import { readRun } from "./readRun";
import { microsOf, nanosOf } from "./request";

/** Where runs are read from. */
export interface WholeRunsRequest {
  readonly api: LokiApi;
  readonly scope: Scope;
  readonly start: Nanos;
  readonly end: Nanos;
  /** The wall clock, which tells running runs from stalled ones: a day past the last line when no line can come any more. */
  readonly now: Nanos;
  readonly prices?: Prices | undefined;
  /** Turns raw content of Python 0.4 and later into hashes; without it such content counts as absent. */
  readonly reduction?: Reduction | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of a run before its events are read. */
export type KnownRun = Pick<Run, "run_id" | "agent_id" | "started_at"> & { readonly ended_at?: number | undefined };

/** More than so many runs are read with all lines of their time rather than one by one. */
const ONE_BY_ONE = 20;
const MINUTE = 60_000_000_000n;
/** Events may follow the terminal line. */
const AFTER_END = 10n * MINUTE;

/**
 * Runs with all their events, rebuilt.
 *
 * @throws LokiError
 */
export async function readWholeRuns(
  wanted: readonly KnownRun[],
  request: WholeRunsRequest,
): Promise<ReadonlyMap<string, Run>> {
  if (wanted.length > ONE_BY_ONE) {
    // The end of those that have not ended is that of the time asked for: it must not be the end of all.
    const open = wanted.filter(({ ended_at }) => ended_at === undefined);
    if (open.length === 0 || open.length === wanted.length) return readTogether(wanted, request);
    const ended = await readWholeRuns(
      wanted.filter(({ ended_at }) => ended_at !== undefined),
      request,
    );
    return new Map([...ended, ...(await readWholeRuns(open, request))]);
  }
  const runs = new Map<string, Run>();
  const { api, scope, start, end, now, prices, reduction, signal } = request;
  for (const { run_id, agent_id, started_at } of wanted) {
    const around = nanosOf(started_at);
    const { run } = await readRun(api, {
      run_id,
      agent_id,
      around,
      scope,
      start,
      end,
      now,
      prices,
      reduction,
      signal,
    });
    if (run !== undefined) runs.set(run_id, run);
  }
  return runs;
}

/**
 * A run by its whole id, of whatever agent and time.
 *
 * @throws LokiError
 */
export async function readRunAnywhere(run_id: string, request: WholeRunsRequest): Promise<Run | undefined> {
  const { api, scope, start, end, now, prices, reduction, signal } = request;
  return (await readRun(api, { run_id, scope, start, end, now, prices, reduction, signal })).run;
}

async function readTogether(wanted: readonly KnownRun[], request: WholeRunsRequest): Promise<ReadonlyMap<string, Run>> {
  const { api, scope, start, end, now, prices, reduction, signal } = request;
  const ids = new Set(wanted.map(({ run_id }) => run_id));
  const query = allLines(scope, { agents: [...new Set(wanted.map(({ agent_id }) => agent_id))] });
  const first = nanosOf(wanted.reduce((least, { started_at }) => Math.min(least, started_at), Number.MAX_SAFE_INTEGER));
  const from = first - MINUTE > start ? first - MINUTE : start;
  const isOpen = wanted.some(({ ended_at }) => ended_at === undefined);
  const last = nanosOf(wanted.reduce((most, { ended_at = 0 }) => Math.max(most, ended_at), 0)) + AFTER_END;
  const to = isOpen || last > end ? end : last;
  const assembler = new RunAssembler({ budget: Number.POSITIVE_INFINITY });
  for await (const page of pageLogs(api, { query, start: from, end: to, direction: "forward", reduction, signal })) {
    for (const { parsed } of page.entries) {
      if (parsed.ok && ids.has(parsed.line.run_id)) assembler.add(parsed.line);
    }
  }
  const runs = assembler.takeRest().map(({ lines }) => rebuildRun(lines, { prices, now: microsOf(now) }));
  return new Map(runs.map((run) => [run.run_id, run]));
}
