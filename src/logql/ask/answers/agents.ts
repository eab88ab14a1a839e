import { signalRate } from "../../builders";
import { listAgents } from "../../readers";
import type { Answerer } from "../context";
import { countsByAgent } from "./signalCounts";
import { Sums, valuesBy } from "./sums";

/** Agents with what was found in their runs, what they cost and how long they took: a handful of queries for all. */
export const agents: Answerer<"agents"> = async ({ range, filter = {} }, context, signal) => {
  const { api, settings } = context;
  const { scope } = settings;
  const sums = new Sums(context, range, filter, signal);
  const { start, end, windowMs } = sums;
  const rate = { ...filter, shadow: false, by: ["agent", "failure_type", "severity"], windowMs } as const;
  const [known, found, cost, priced, average] = await Promise.all([
    listAgents(api, { start, end, scope, filter, signal }),
    sums.perAgent((some) => sums.ask(signalRate(scope, { ...rate, agents: some }))),
    sums.fact("cost_usd", "sum", ["agent"]),
    sums.having("cost_usd", ["agent"]),
    sums.fact("duration_ms", "avg", ["agent"]),
  ]);
  const signals = countsByAgent(found);
  const costs = valuesBy(cost, "agent_id");
  const pricedRuns = valuesBy(priced, "agent_id");
  const durations = valuesBy(average, "agent_id");
  return {
    agents: known.map((agent) => ({
      ...agent,
      signals: signals.get(agent.agent_id) ?? [],
      cost_usd: costs.get(agent.agent_id),
      unpriced: Math.max(0, agent.completed + agent.failed - (pricedRuns.get(agent.agent_id) ?? 0)),
      average_duration_ms: durations.get(agent.agent_id),
    })),
  };
};
