import type { Judged } from "../../../core/judging";
import type { Run } from "../../../core/run";
import type { Line } from "../../../core/wire";
import type { Nanos } from "../../api";
import { runLines } from "../../builders";
import { type FoundRun, msToNanos, nanosOf, readChildren, readRun } from "../../readers";
import { type Answerer, type AskContext, modeOf, nowOf, spanOf } from "../context";
import { pricesOf } from "../prices";
import type { ListedSignal, RunDetails, RunQuestion, RunRow, VerdictMode } from "../questions";
import { explained } from "../verdicts/explained";
import { judgeRun } from "../verdicts/judgeRun";
import { type BothVerdicts, chosen, computedSignals, onlyOther, recordedSignals, worstFirst } from "../verdicts/listed";
import { liveSignals } from "../verdicts/live";
import { later } from "../verdicts/rebuilt";
import { rowsOf } from "../verdicts/rows";

const MINUTE = 60_000_000_000n;
/** A run that begins or ends outside the time asked for is looked for so much further. */
const DAY = 1440n * MINUTE;

/** One run with all its events, its verdicts explained, and the runs nested in it. */
export const run: Answerer<"run"> = async (question, context, signal) => {
  const found = await readWhole(question, context, signal);
  if (found.run === undefined) return { found: undefined, cut: found.cut };
  const mode = modeOf(context, question.mode);
  const children = await childrenOf(found.run, question, mode, context, signal);
  const details = detailsOf(found.run, mode, context);
  return { found: { ...details, unreadable: found.unreadable, children }, cut: found.cut };
};

/** A run that lies partly outside the time asked for is read whole all the same. */
async function readWhole(
  { range, run_id, agent_id, around }: RunQuestion,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<FoundRun> {
  const { scope, reduction, stallAfterMs, maxLines } = context.settings;
  const prices = await pricesOf(context.settings);
  const now = nowOf(context);
  const span = spanOf(range);
  const request = { scope, now, run_id, prices, reduction, stallAfterMs, maxLines, signal };
  const widely = (from: Nanos, agent: string | undefined): Promise<FoundRun> => {
    const start = from - DAY < span.start ? from - DAY : span.start;
    return readRun(context.api, { ...request, agent_id: agent, start, end: later(span.end, now + 1n), around: from });
  };
  if (around !== undefined) return widely(msToNanos(around), agent_id);
  const found = await readRun(context.api, { ...request, ...span, agent_id });
  if (found.run === undefined || found.cut !== undefined || isWhole(found.run, span.end, now)) return found;
  return widely(nanosOf(found.run.started_at), found.run.agent_id);
}

function isWhole(found: Run, end: Nanos, now: Nanos): boolean {
  const hasStart = found.lines.some(({ event_type }) => event_type === "run.started");
  return hasStart && (found.ended !== undefined || end >= now);
}

function detailsOf(
  rebuilt: Run,
  mode: VerdictMode,
  { settings }: AskContext,
): Omit<RunDetails, "unreadable" | "children"> {
  const judged = judgeRun(rebuilt, settings);
  const isOpen = rebuilt.ended === undefined;
  const both: BothVerdicts = { recorded: recordedSignals(judged), computed: computedSignals(judged) };
  const signals = isOpen ? openSignals(judged, mode) : (chosen(both, mode) ?? []);
  const { run_id, agent_id } = rebuilt;
  return {
    run: rebuilt,
    signals: signals.map((signal) => explained(signal, judged, settings)),
    only_other: isOpen ? [] : onlyOther(both, mode).map((signal) => explained(signal, judged, settings)),
    no_data: judged.no_data,
    settings: judged.settings,
    baseline: judged.baseline,
    logql: runLines(settings.scope, { run_id, agent_id }),
  };
}

/** What live lines say, and of types they are silent about what the events say. */
function openSignals(judged: Judged<Run>, mode: VerdictMode): readonly ListedSignal[] {
  const computed = computedSignals(judged);
  if (mode === "computed") return computed;
  const live = liveSignals(judged.run.lines.flatMap((line) => ("unknown" in line || !isLive(line) ? [] : [line])));
  if (mode === "recorded") return live;
  const types = new Set(live.map(({ failure_type }) => failure_type));
  return worstFirst([...live, ...computed.filter(({ failure_type }) => !types.has(failure_type))]);
}

function isLive(line: Line): line is Extract<Line, { event_type: "signal.detected" }> {
  return line.event_type === "signal.detected" && line.payload.phase === "live";
}

async function childrenOf(
  parent: Run,
  { range }: RunQuestion,
  mode: VerdictMode,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<readonly RunRow[]> {
  const { scope, stallAfterMs } = context.settings;
  // Clocks of other machines differ, and a nested run may outlive its parent.
  const start = nanosOf(parent.started_at) - MINUTE;
  const span = { start, end: later(spanOf(range).end, nanosOf(parent.ended_at) + 10n * MINUTE) };
  const request = { ...span, scope, now: nowOf(context), stallAfterMs, run_id: parent.run_id, signal };
  const { runs } = await readChildren(context.api, request);
  return rowsOf(runs, context, { ...span, mode, signal });
}
