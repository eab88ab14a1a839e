import type { DetectorSettings } from "../../../core/detectors";
import { FAILURE_TYPES, type FailureType } from "../../../core/wire";
import type { RunFilter } from "../../builders";
import { readSignalRate } from "../../readers";
import { inTurns } from "../../readers/inTurns";
import { type Answerer, type AskContext, spanOf } from "../context";
import type { TimeSpan } from "../questions";
import { History } from "./history";
import { judgedHere, MOST_JUDGED, type Tally } from "./judgedHere";
import { Sums, sumOf } from "./sums";

/** Detectors asked for at once. */
const AT_ONCE = 4;

/**
 * Each detector over the history: on how many runs it fires today, and what was recorded over time. Three queries where one
 * page holds the runs, two or three for each detector beyond.
 */
export const detectors: Answerer<"detectors"> = async ({ range, filter = {}, stepMs }, context, signal) => {
  const { api, settings } = context;
  const { scope, config } = settings;
  const recorded = { ...filter, min_severity: "LOW", shadow: true } as const;
  const request = { ...spanOf(range), scope, filter: recorded, by: ["failure_type"], stepMs, signal } as const;
  const [{ tally, judged_by }, series] = await Promise.all([
    tallied(range, filter, context, signal),
    readSignalRate(api, request),
  ]);
  const points = new Map(series.map((one) => [one.failure_type, one.points]));
  const rows = FAILURE_TYPES.map((failure_type) => ({
    failure_type,
    fired: tally.fired.get(failure_type),
    points: points.get(failure_type) ?? [],
  }));
  const own = { settings: settingsOf(filter.agents, context), own_settings: config.agents };
  return { judged: tally.judged, judged_by, detectors: rows, ...own };
};

async function tallied(range: TimeSpan, filter: RunFilter, context: AskContext, signal: AbortSignal | undefined) {
  // Counting costs an answer of a few bytes; a page of lines that turns out not to be all would cost megabytes.
  const sums = new Sums(context, range, filter, signal);
  const most = Math.min(MOST_JUDGED, context.settings.mostJudged ?? MOST_JUDGED);
  const here = (await sums.ended()) <= most ? await judgedHere(range, filter, context, signal) : undefined;
  if (here !== undefined) return { tally: here, judged_by: "runs" } as const;
  return { tally: await counted(range, filter, context, signal), judged_by: "queries" } as const;
}

/** What Loki counts. */
async function counted(
  range: TimeSpan,
  filter: RunFilter,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<Tally> {
  const history = await History.open(context, range, filter, signal);
  const judged = await history.judged();
  const fired = await inTurns(FAILURE_TYPES, AT_ONCE, async (type) => {
    return [type, await firedOf(type, history, judged, context)] as const;
  });
  return { judged, fired: new Map(fired) };
}

/** Undefined where no run has what the rule needs: then nothing fires, and nothing is clear either. */
async function firedOf(
  type: FailureType,
  history: History,
  judged: number,
  { settings }: AskContext,
): Promise<number | undefined> {
  if (judged === 0) return undefined;
  const counts = await history.fired(type, settings.config);
  if (counts === undefined) return undefined;
  const fired = sumOf([...counts.values()].map((value) => ({ value })));
  if (fired > 0) return fired;
  return (await history.withoutData(type, settings.config)) >= judged ? undefined : 0;
}

function settingsOf(agents: readonly string[] | undefined, { settings }: AskContext): DetectorSettings {
  const [agent, ...more] = agents ?? [];
  // No agent can be named "", so this stands for all without settings of their own.
  return settings.config.settingsFor(agent !== undefined && more.length === 0 ? agent : "");
}
