import { type Infer, integer, number, oneOf, optional, string } from "../wire/fields";

/** The version of the set of facts below; it grows by one when a fact is added or changes its meaning (then it gets a new name). */
export const FACTS_VERSION = 1;

/** How many consecutive actions a loop is looked for in. A constant, not a threshold: facts do not depend on settings. */
export const LOOP_WINDOW = 5;

export const FIRST_FAILURE_KINDS = ["run_errored", "empty_llm_response", "tool_failure"] as const;

/**
 * Everything the rules may know of a run, in the order of the wire. Times are ms (integers, rounded half up), money is
 * USD, ratios have 4 decimals. A fact that cannot be known is absent, never 0.
 */
export const FACT_FIELDS = {
  steps: integer("highest step_index"),
  llm_calls: integer("LLM calls; an answer without a call counts as one"),
  tool_calls: integer("tool calls"),
  retrievals: integer("retrievals"),
  user_turns: integer("user inputs, that of run.started included"),
  tools_available: optional(integer("number of declared tools")),
  prompt_tokens: optional(integer("prompt tokens over the metered LLM calls, cached parts included")),
  completion_tokens: optional(integer("completion tokens over the metered LLM calls, reasoning included")),
  total_tokens: optional(integer("prompt and completion tokens together")),
  unmetered_llm_calls: integer("LLM calls without any token count"),
  cost_usd: optional(number("cost of the priced LLM calls, USD")),
  unpriced_llm_calls: integer("LLM calls whose model has no price"),
  duration_ms: integer("first to last event"),
  active_ms: integer("duration less the waits for people"),
  loop_count: integer("most actions with one name within 5 consecutive actions"),
  loop_tool: optional(string("that name, the earliest at a tie")),
  loop_identical: integer("the same with equal arguments too"),
  loop_stuck: integer("the same with equal arguments and equal answers, within one turn"),
  loop_distinct: optional(integer("fewest distinct arguments of loop_tool in a window that reaches loop_count")),
  repeat_calls: integer("calls of the largest tool whose commonest arguments cover 90 % of its calls"),
  repeat_tool: optional(string("that tool")),
  alternation: integer("longest stretch of tool calls strictly alternating between two names"),
  alternation_repeats: integer("1 when in one such stretch each tool kept one known argument hash"),
  tool_failures: integer("tool answers with success=false"),
  failure_share: number("tool_failures / max(tool_calls, 1)"),
  retry_streak: integer("most failures of one tool since its last success, at the end of the run"),
  retry_tool: optional(string("that tool")),
  retry_streak_turn: integer("most failures of one tool in one turn since its last success"),
  failed_repeats: integer("most failures of one call (name and equal arguments) since that tool's last success"),
  cascade_length: integer("longest chain of consecutive failed tool calls over two or more tools within one turn"),
  cascade_tools: integer("how many tools that chain has"),
  cascade_open: integer("longest such chain that no success of any tool followed"),
  tail_failures: integer("failed tool calls after the last successful one, in the last turn with tool calls"),
  truncations: integer("LLM answers cut by the length limit"),
  truncated_last: integer("1 when the LLM call made last was cut by the length limit"),
  empty_responses: optional(integer("LLM answers that stopped with no text and no tool call")),
  context_first: optional(integer("prompt tokens of the first LLM call that has them")),
  context_last: optional(integer("prompt tokens of the last LLM call that has them")),
  context_growth: optional(number("context_last / context_first")),
  context_calls: integer("LLM calls with a known prompt size"),
  slowest_tool_ms: optional(integer("slowest tool call or retrieval, tools that wait for people left out")),
  slowest_llm_ms: optional(integer("slowest LLM call")),
  slowest_gap_ms: integer("largest gap between events while no call is open, waits for user input left out"),
  llm_tail: integer("LLM calls since the last action or user turn"),
  llm_unprompted: integer("LLM calls but the first after each input.received"),
  llm_tool_ratio: optional(
    number("llm_unprompted / max(tool_calls + retrievals, 1); absent when models asked for tools and no call was told"),
  ),
  turn_calls_max: integer("most actions and LLM calls in one turn"),
  retrieval_min_results: optional(integer("smallest result count of a retrieval")),
  retrieval_min_score: optional(number("smallest known top score of a retrieval")),
  first_failure_step: optional(integer("smallest step at which something failed")),
  first_failure_kind: optional(oneOf(FIRST_FAILURE_KINDS, "what failed there")),
  injection_patterns: optional(integer("most injection patterns matched in one input")),
  injection_strong: optional(integer("most strong injection patterns named for one input")),
  args_length_max: optional(integer("longest tool arguments, UTF-16 code units")),
  streaming_llm_calls: integer("LLM calls that streamed"),
  model_changes: integer("changes between the models that consecutive LLM answers name"),
} as const;

/** The facts of one run. */
export type Facts = Infer<typeof FACT_FIELDS>;
export type FactName = keyof typeof FACT_FIELDS;

export const FACT_NAMES = Object.keys(FACT_FIELDS) as FactName[];
