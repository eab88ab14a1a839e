import { useMemo, useRef } from "react";
import type { RateContext } from "../../logql/ask";
import { useAsk } from "../environment";
import { pairsOf, type SignalGroup } from "./groups";

/** How usual each group is among its agent's runs of 7 days. Asked once for each set of groups: it looks far back. */
export function useRates(groups: readonly SignalGroup[]): (group: SignalGroup) => RateContext | undefined {
  const of = pairsOf(groups);
  const { data } = useAsk("rates", (range) => ({ at: range.to, of }), { once: true, skip: of.length === 0 });
  // While a larger set is asked for, what is known already stays.
  const known = useRef(new Map<string, RateContext>());
  return useMemo(() => {
    for (const rate of data?.rates ?? []) known.current.set(keyOf(rate), rate);
    return (group) => known.current.get(keyOf(group));
  }, [data]);
}

function keyOf({ agent_id, failure_type }: Pick<RateContext, "agent_id" | "failure_type">): string {
  return JSON.stringify([agent_id, failure_type]);
}
