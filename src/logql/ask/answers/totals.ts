import { asksForEnd, begunRuns, endedRuns, signalRate } from "../../builders";
import type { Answerer } from "../context";
import { Sums, sumOf, valuesBy } from "./sums";

/** Sums over all runs of a time: seven metric queries, none with a series per agent, and one more for the durations. */
export const totals: Answerer<"totals"> = async (question, context, signal) => {
  const { range, filter = {}, min_severity = "HIGH", stepMs } = question;
  const { scope } = context.settings;
  const sums = new Sums(context, range, filter, signal);
  const { windowMs } = sums;
  const rate = { ...filter, min_severity, shadow: false, by: [], windowMs };
  const [begun, ended, cost, priced, average, p95, found, durations] = await Promise.all([
    asksForEnd(filter) ? [] : sums.ask(begunRuns(scope, filter, { by: [], windowMs })),
    sums.ask(endedRuns(scope, filter, { by: ["event"], windowMs })),
    sums.fact("cost_usd", "sum", []),
    sums.having("cost_usd", []),
    sums.fact("duration_ms", "avg", []),
    sums.fact("duration_ms", 0.95, []),
    sums.ask(signalRate(scope, rate)),
    stepMs === undefined ? undefined : sums.averages("duration_ms", stepMs),
  ]);
  const by = valuesBy(ended, "event_type");
  return {
    started: sumOf(begun),
    completed: by.get("run.completed") ?? 0,
    failed: by.get("run.errored") ?? 0,
    cost_usd: cost[0]?.value,
    unpriced: Math.max(0, sumOf(ended) - sumOf(priced)),
    p95_duration_ms: p95[0]?.value,
    average_duration_ms: average[0]?.value,
    signals: sumOf(found),
    durations,
  };
};
