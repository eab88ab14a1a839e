import { RUN_GROUPS, SIGNAL_GROUPS, signalRate } from "../../builders";
import { listVersions } from "../../readers";
import type { Answerer } from "../context";
import { Sums, valuesBy } from "./sums";

/** The versions of an agent side by side: six queries. */
export const versions: Answerer<"versions"> = async ({ range, agent_id }, context, signal) => {
  const { api, settings } = context;
  const { scope } = settings;
  const filter = { agents: [agent_id] };
  const sums = new Sums(context, range, filter, signal);
  const { start, end, windowMs } = sums;
  const [known, cost, priced, average, p95, found] = await Promise.all([
    listVersions(api, { start, end, scope, filter, signal }),
    sums.fact("cost_usd", "sum", ["version"]),
    sums.having("cost_usd", ["version"]),
    sums.fact("duration_ms", "avg", ["version"]),
    sums.fact("duration_ms", 0.95, ["version"]),
    sums.ask(signalRate(scope, { ...filter, by: ["version"], windowMs })),
  ]);
  const [costs, pricedRuns, averages, slow] = [cost, priced, average, p95].map((samples) =>
    valuesBy(samples, RUN_GROUPS.version),
  );
  const signals = valuesBy(found, SIGNAL_GROUPS.version);
  return {
    versions: known.map(({ agent_version, completed, failed }) => ({
      agent_version,
      completed,
      failed,
      cost_usd: costs?.get(agent_version),
      unpriced: Math.max(0, completed + failed - (pricedRuns?.get(agent_version) ?? 0)),
      average_duration_ms: averages?.get(agent_version),
      p95_duration_ms: slow?.get(agent_version),
      signals: signals.get(agent_version) ?? 0,
    })),
  };
};
