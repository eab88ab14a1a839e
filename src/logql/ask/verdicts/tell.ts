import type { Judged, ListedRun } from "../../../core/judging";
import type { Nanos } from "../../api";
import { type RunSummary, statedRun } from "../../readers";
import { type AskContext, nowOf, type Rebuilt } from "../context";
import type { ExplainedSignal, ListedSignal, VerdictMode } from "../questions";
import { explained, explainedByItself } from "./explained";
import { judgeRun } from "./judgeRun";
import { chosen, computedSignals, statedSignals, worstFirst } from "./listed";
import { readLiveSignals } from "./live";
import { earliest, later, rebuildRuns } from "./rebuilt";

export interface TellRequest {
  readonly mode: VerdictMode;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly signal: AbortSignal | undefined;
}

/** A run with its verdicts. */
export interface ToldRun {
  /** With the facts that were computed, where its terminal line states none. */
  readonly run: RunSummary;
  readonly signals: readonly ListedSignal[] | undefined;
  readonly explain: (signal: ListedSignal) => ExplainedSignal;
}

type Live = ReadonlyMap<string, readonly ListedSignal[]>;

/** Verdicts on runs. No query where the terminal lines tell all, one more for the live lines of open runs. */
export async function tellRuns(
  runs: readonly RunSummary[],
  context: AskContext,
  request: TellRequest,
): Promise<readonly ToldRun[]> {
  const live = await liveOf(runs, context, request);
  const wanted = runs.filter((run) => needsEvents(run, live, request.mode));
  const rebuilt = await rebuildRuns(wanted, context, request);
  return runs.map((run) => {
    const found = rebuilt.get(run.run_id);
    if (run.ended === undefined) return openRun(run, live.get(run.run_id), found, context);
    return endedRun(run, found, context, request.mode);
  });
}

function endedRun(summary: RunSummary, found: Rebuilt | undefined, context: AskContext, mode: VerdictMode): ToldRun {
  const { settings } = context;
  const stated = statedRun(summary);
  const judged = stated && judgeRun(stated, settings);
  const computed = found?.computed.map(withoutWords) ?? (judged && computedSignals(judged));
  const recorded = statedSignals(summary, judged);
  return {
    run: found === undefined ? summary : withFacts(summary, found),
    signals: chosen({ recorded, computed }, mode),
    explain: (signal) => explainedOf(signal, summary, found, judged, context),
  };
}

/** What live lines say, and of types they are silent about what the events say. */
function openRun(
  summary: RunSummary,
  live: readonly ListedSignal[] | undefined,
  found: Rebuilt | undefined,
  context: AskContext,
): ToldRun {
  const types = new Set(live?.map(({ failure_type }) => failure_type));
  const computed = found?.computed.filter(({ failure_type }) => !types.has(failure_type)).map(withoutWords);
  const silent = writesSignals(summary) ? [] : undefined;
  const all = live === undefined && computed === undefined ? silent : [...(live ?? []), ...(computed ?? [])];
  return {
    run: found === undefined ? summary : withFacts(summary, found),
    signals: all && worstFirst(all),
    explain: (signal) => explainedOf(signal, summary, found, undefined, context),
  };
}

function explainedOf(
  signal: ListedSignal,
  summary: RunSummary,
  found: Rebuilt | undefined,
  judged: Judged<ListedRun> | undefined,
  { settings }: AskContext,
): ExplainedSignal {
  if (judged !== undefined) return explained(signal, judged, settings);
  const same = found?.computed.find(({ failure_type }) => failure_type === signal.failure_type);
  if (same === undefined) return explainedByItself(signal, summary, settings);
  return { ...same, ...signal };
}

/** Whether nothing shorter than its events tells what the run is. Open runs are told by live lines while they go on. */
function needsEvents(run: RunSummary, live: Live, mode: VerdictMode): boolean {
  if (mode === "recorded" || statedRun(run) !== undefined) return false;
  if (mode === "computed") return true;
  if (run.ended !== undefined) return run.signals === undefined;
  return run.status === "stalled" || (!live.has(run.run_id) && !writesSignals(run));
}

/** Producers that judge their runs say on the first line what they capture. */
function writesSignals({ capture }: RunSummary): boolean {
  return capture !== undefined;
}

async function liveOf(
  runs: readonly RunSummary[],
  context: AskContext,
  { mode, end, signal }: TellRequest,
): Promise<Live> {
  const open = runs.filter(({ ended }) => ended === undefined);
  if (mode === "computed" || open.length === 0) return new Map();
  const run_ids = open.map(({ run_id }) => run_id);
  const span = { start: earliest(open), end: later(end, nowOf(context) + 1n) };
  return readLiveSignals(context.api, { scope: context.settings.scope, ...span, run_ids, signal });
}

function withFacts(summary: RunSummary, { facts }: Rebuilt): RunSummary {
  const duration_ms = summary.ended === undefined ? undefined : facts.duration_ms;
  return { ...summary, facts, steps: facts.steps, duration_ms };
}

function withoutWords({ explanation: _words, logql: _query, ...signal }: ExplainedSignal): ListedSignal {
  return signal;
}
