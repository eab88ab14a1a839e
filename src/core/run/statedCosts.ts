import type { Facts } from "../facts/facts";
import type { RecordedEnd } from "./run";

/**
 * The facts where nobody gave a price table: what a call without a stated cost took, and whether its model has a price,
 * only the producer can tell, who says so on the terminal line. Calls that all state their costs speak for themselves.
 */
export function withStatedCosts(facts: Facts, recorded: RecordedEnd | undefined): Facts {
  const stated = recorded?.facts;
  if (stated?.unpriced_llm_calls === undefined || facts.unpriced_llm_calls === 0) return facts;
  return { ...facts, cost_usd: stated.cost_usd, unpriced_llm_calls: stated.unpriced_llm_calls };
}
