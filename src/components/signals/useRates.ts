import { useMemo, useRef } from "react";
import type { RateContext } from "../../logql/ask";
import { useAsk } from "../environment";
import { pairsOf, type SignalGroup } from "./groups";

export interface Rates {
  /** Undefined while it is asked for, and where that failed. */
  readonly of: (group: SignalGroup) => RateContext | undefined;
  /** Why the newest attempt failed. It is asked again by itself. */
  readonly error: Error | undefined;
}

/** How usual each group is among its agent's runs of 7 days. Answered once for each set of groups: it looks far back. */
export function useRates(groups: readonly SignalGroup[]): Rates {
  const of = pairsOf(groups);
  const { data, error } = useAsk("rates", (range) => ({ at: range.to, of }), { once: true, skip: of.length === 0 });
  // While a larger set is asked for, what is known already stays.
  const known = useRef(new Map<string, RateContext>());
  return useMemo(() => {
    for (const rate of data?.rates ?? []) known.current.set(keyOf(rate), rate);
    return { of: (group) => known.current.get(keyOf(group)), error };
  }, [data, error]);
}

function keyOf({ agent_id, failure_type }: Pick<RateContext, "agent_id" | "failure_type">): string {
  return JSON.stringify([agent_id, failure_type]);
}
