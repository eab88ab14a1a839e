import { type Run, STALL_AFTER_MS } from "../../../core/run";
import type { Nanos } from "../../api";
import { nanosOf, type RunSummary, readWholeRuns } from "../../readers";
import { type AskContext, nowOf, type Rebuilt } from "../context";
import { pricesOf } from "../prices";
import { explained } from "./explained";
import { judgeRun } from "./judgeRun";
import { computedSignals } from "./listed";
import type { TellRequest } from "./tell";

/** Where only the end of a run is known, its start may lie this long before what its duration says. */
const SLACK = 3_600_000_000_000n;
/** External signals and late lines come in for so long; and a stalled run may go on. */
const SETTLED_MS = 600_000;
const UNSETTLED_KEPT_MS = 60_000;
const SETTLED_KEPT_MS = 3_600_000;

/** Runs judged by their events, each read once while nothing can change about it. */
export async function rebuildRuns(
  runs: readonly RunSummary[],
  context: AskContext,
  { end, signal }: TellRequest,
): Promise<ReadonlyMap<string, Rebuilt>> {
  const { api, settings, rebuilt } = context;
  const nowMs = settings.now();
  const found = new Map<string, Rebuilt>();
  for (const run of runs) {
    const known = rebuilt.get(keyOf(run), nowMs);
    if (known !== undefined) found.set(run.run_id, known);
  }
  const wanted = runs.filter(({ run_id }) => !found.has(run_id));
  if (wanted.length === 0) return found;
  const { scope, reduction } = settings;
  const prices = await pricesOf(settings);
  const now = nowOf(context);
  const span = { start: earliest(wanted) - SLACK, end: later(end, now + 1n) };
  const whole = await readWholeRuns(wanted, { api, scope, ...span, now, prices, reduction, signal });
  for (const run of wanted) {
    const events = whole.get(run.run_id);
    if (events === undefined) continue;
    const told = rebuiltOf(events, context);
    found.set(run.run_id, told);
    if (run.status !== "running")
      rebuilt.set(keyOf(run), told, nowMs + keptMs(run, nowMs, settings.stallAfterMs ?? STALL_AFTER_MS));
  }
  return found;
}

function rebuiltOf(run: Run, { settings }: AskContext): Rebuilt {
  const judged = judgeRun(run, settings);
  return { facts: run.facts, computed: computedSignals(judged).map((signal) => explained(signal, judged, settings)) };
}

function keyOf({ run_id, at, status }: RunSummary): string {
  return `${at} ${status} ${run_id}`;
}

/** A stalled run that goes on is running for longer than this, and then nothing is kept of it. */
function keptMs({ ended, ended_at }: RunSummary, nowMs: number, stallAfterMs: number): number {
  if (ended === undefined) return Math.min(UNSETTLED_KEPT_MS, stallAfterMs);
  return ended_at !== undefined && ended_at / 1000 < nowMs - SETTLED_MS ? SETTLED_KEPT_MS : UNSETTLED_KEPT_MS;
}

export function earliest(runs: readonly RunSummary[]): Nanos {
  return runs.map(({ started_at }) => nanosOf(started_at)).reduce((a, b) => (b < a ? b : a));
}

export function later(a: Nanos, b: Nanos): Nanos {
  return a > b ? a : b;
}
