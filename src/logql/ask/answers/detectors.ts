import type { DetectorSettings } from "../../../core/detectors";
import { FAILURE_TYPES, type FailureType } from "../../../core/wire";
import { readSignalRate } from "../../readers";
import { inTurns } from "../../readers/inTurns";
import { type Answerer, type AskContext, spanOf } from "../context";
import { History } from "./history";

/** Detectors asked for at once. */
const AT_ONCE = 4;

/** Each detector over the history: on how many runs it fires today, and what was recorded over time. */
export const detectors: Answerer<"detectors"> = async ({ range, filter = {}, stepMs }, context, signal) => {
  const { api, settings } = context;
  const { scope, config } = settings;
  const history = await History.open(context, range, filter, signal);
  const recorded = { ...filter, min_severity: "LOW", shadow: true } as const;
  const request = { ...spanOf(range), scope, filter: recorded, by: ["failure_type"], stepMs, signal } as const;
  const [judged, series] = await Promise.all([history.judged(), readSignalRate(api, request)]);
  const points = new Map(series.map((one) => [one.failure_type, one.points]));
  const rows = await inTurns(FAILURE_TYPES, AT_ONCE, async (failure_type) => ({
    failure_type,
    fired: await firedOf(failure_type, history, judged, context),
    points: points.get(failure_type) ?? [],
  }));
  return { judged, detectors: rows, settings: settingsOf(filter.agents, context), own_settings: config.agents };
};

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
  const fired = [...counts.values()].reduce((all, value) => all + value, 0);
  if (fired > 0) return fired;
  return (await history.withoutData(type, settings.config)) >= judged ? undefined : 0;
}

function settingsOf(agents: readonly string[] | undefined, { settings }: AskContext): DetectorSettings {
  const [agent, ...more] = agents ?? [];
  // No agent can be named "", so this stands for all without settings of their own.
  return settings.config.settingsFor(agent !== undefined && more.length === 0 ? agent : "");
}
