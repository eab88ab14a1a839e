import { inTurns } from "../../readers/inTurns";
import type { Answerer } from "../context";
import { History } from "./history";
import { withThresholds } from "./thresholds";

/** Candidates asked for at once. */
const AT_ONCE = 4;

/** How many runs of the history fire under other thresholds, and which. */
export const whatIf: Answerer<"whatIf"> = async (question, context, signal) => {
  const { range, failure_type, candidates, filter = {}, runs: most = 0 } = question;
  const { config, now } = context.settings;
  const began = now();
  const history = await History.open(context, range, filter, signal);
  const [judged, today] = await Promise.all([history.judged(), history.fired(failure_type, config)]);
  const answers = await inTurns(candidates, AT_ONCE, async (thresholds) => {
    const chosen = withThresholds(config, failure_type, thresholds);
    const [counts, runs] = await Promise.all([
      chosen === config ? today : history.fired(failure_type, chosen),
      history.runs(failure_type, chosen, most),
    ]);
    const by_agent = Object.fromEntries(counts ?? []);
    return { thresholds, fired: sum(counts), by_agent, runs, logql: history.logql(failure_type, chosen) };
  });
  return { judged, today: sum(today), candidates: answers, took_ms: now() - began };
};

function sum(counts: ReadonlyMap<string, number> | undefined): number {
  return [...(counts?.values() ?? [])].reduce((all, value) => all + value, 0);
}
