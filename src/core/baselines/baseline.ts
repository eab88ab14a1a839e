import type { FactName } from "../facts/facts";

/** The facts that have a baseline, and so may be an input of a rule. */
export const BASELINE_FACTS = [
  "steps",
  "active_ms",
  "slowest_tool_ms",
  "slowest_llm_ms",
  "slowest_gap_ms",
  "context_growth",
  "total_tokens",
  "turn_calls_max",
] as const satisfies readonly FactName[];
export type BaselineFact = (typeof BASELINE_FACTS)[number];

/** The P75 of each fact that has enough runs behind it. */
export type Baseline = Readonly<Partial<Record<BaselineFact, number>>>;
