import { endedRuns, SIGNAL_GROUPS, signalRate } from "../../builders";
import { msToNanos } from "../../readers";
import { inTurns } from "../../readers/inTurns";
import { bySplitting } from "../../readers/splitByAgents";
import type { Answerer } from "../context";
import type { RateContext } from "../questions";
import { sumOf } from "./sums";

const WINDOW_MS = 7 * 86_400_000;
/** From this share of an agent's runs on a failure is systemic. */
const SYSTEMIC = 0.1;
/** The names of so many agents fit into one query. */
const GROUP = 100;
const AT_ONCE = 2;

/**
 * How usual each failure type is among the runs of its agent over the 7 days before: two queries for 100 agents. LOW
 * signals count only where nothing worse of the type came up, as of everything else that is counted.
 */
export const rates: Answerer<"rates"> = async ({ at, of }, { api, settings }, signal) => {
  const { scope } = settings;
  const end = msToNanos(at) + 1n;
  const start = end - msToNanos(WINDOW_MS);
  const names = [...new Set(of.map(({ agent_id }) => agent_id))].sort();
  const failure_types = [...new Set(of.map(({ failure_type }) => failure_type))].sort();
  const groups = Array.from({ length: Math.ceil(names.length / GROUP) }, (_, n) =>
    names.slice(n * GROUP, (n + 1) * GROUP),
  );
  const answers = await inTurns(groups, AT_ONCE, (agents) => {
    const perAgent = bySplitting(api, { start, end, scope, agents, signal });
    const ended = { by: ["agent"], windowMs: WINDOW_MS } as const;
    const rate = { failure_types, min_severity: "LOW", shadow: true, windowMs: WINDOW_MS } as const;
    return Promise.all([
      perAgent((some) => api.instant({ query: endedRuns(scope, { agents: some }, ended), time: end - 1n }, signal)),
      perAgent((some) => {
        const query = signalRate(scope, { ...rate, agents: some, by: ["agent", "failure_type", "severity"] });
        return api.instant({ query, time: end - 1n }, signal);
      }),
    ]);
  });
  const ended = answers.flatMap(([runs]) => runs);
  const found = answers.flatMap(([, signals]) => signals);
  const rateOf = ({ agent_id, failure_type }: (typeof of)[number]): RateContext => {
    const runs = sumOf(ended.filter(({ metric }) => metric.agent_id === agent_id));
    const own = found.filter(
      ({ metric }) => metric.agent_id === agent_id && metric[SIGNAL_GROUPS.failure_type] === failure_type,
    );
    const fired = sumOf(own.filter(({ metric }) => metric[SIGNAL_GROUPS.severity] !== "LOW")) || sumOf(own);
    return { agent_id, failure_type, fired, runs, rate: nameOf(fired, runs) };
  };
  return { rates: of.map(rateOf) };
};

function nameOf(fired: number, runs: number): RateContext["rate"] {
  if (fired <= 1) return "first";
  return fired / Math.max(runs, 1) >= SYSTEMIC ? "systemic" : "recurring";
}
