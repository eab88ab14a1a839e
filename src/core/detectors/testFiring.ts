/** Test support: for each failure type a run, stated by what differs from an empty one, on which its rule fires. */
import type { Baseline } from "../baselines/baseline";
import type { Facts } from "../facts/facts";
import type { FailureType } from "../wire/terms";
import type { RuleInput } from "./detector";

export interface FiringRun {
  readonly facts: Partial<Facts>;
  readonly ended?: NonNullable<RuleInput["ended"]>;
  readonly exit_reason?: NonNullable<RuleInput["exit_reason"]>;
  readonly baseline?: Baseline;
}

const answered = { ended: "run.completed", exit_reason: "final_answer" } as const;

export const FIRING: Readonly<Record<FailureType, FiringRun>> = {
  TOOL_LOOP: {
    facts: { loop_count: 4, loop_tool: "web_search", loop_identical: 4, loop_stuck: 4, loop_distinct: 1 },
  },
  TOOL_THRASHING: { facts: { alternation: 6, alternation_repeats: 1 } },
  TOOL_AVOIDANCE: { facts: { tools_available: 3, llm_calls: 3, llm_unprompted: 2 }, ...answered },
  GOAL_ABANDONMENT: { facts: { tool_calls: 1, llm_tail: 4 } },
  PROMPT_INJECTION_SIGNAL: { facts: { injection_patterns: 2, injection_strong: 1 } },
  RAG_EMPTY_RETRIEVAL: { facts: { retrievals: 1, retrieval_min_results: 0 }, ...answered },
  LLM_TRUNCATION_LOOP: { facts: { llm_calls: 2, truncations: 2, context_calls: 3 } },
  CONTEXT_BLOAT: {
    facts: { llm_calls: 4, context_calls: 4, context_first: 1000, context_last: 5000, context_growth: 5 },
    baseline: { context_growth: 2 },
  },
  SLOW_STEP: { facts: { slowest_tool_ms: 90_000 } },
  RETRY_STORM: {
    facts: {
      tool_calls: 3,
      tool_failures: 3,
      retry_streak: 3,
      retry_tool: "lookup_order",
      retry_streak_turn: 3,
      failed_repeats: 1,
    },
  },
  EMPTY_LLM_RESPONSE: { facts: { empty_responses: 1 } },
  STEP_COUNT_INFLATION: { facts: { steps: 40 }, baseline: { steps: 10 } },
  CASCADING_TOOL_FAILURE: { facts: { cascade_length: 3, cascade_tools: 2, cascade_open: 3 } },
  FIRST_STEP_FAILURE: { facts: { first_failure_step: 1, first_failure_kind: "tool_failure" } },
  REASONING_STALL: {
    facts: { llm_calls: 7, llm_unprompted: 6, llm_tool_ratio: 6 },
    ended: "run.completed",
    exit_reason: "max_steps",
  },
  COST_SPIKE: { facts: { total_tokens: 9000 }, baseline: { total_tokens: 1000 } },
  SESSION_LATENCY: { facts: { active_ms: 60_000, duration_ms: 60_000 }, baseline: { active_ms: 10_000 } },
  RUNAWAY_ITERATION: { facts: { steps: 60 }, ended: "run.completed", exit_reason: "max_steps" },
  FAILURE_SHARE: { facts: { tool_calls: 6, tool_failures: 3, failure_share: 0.5 } },
  TURN_BURST: { facts: { turn_calls_max: 40 }, baseline: { turn_calls_max: 5 } },
  SILENT_TRUNCATION: { facts: { truncated_last: 1, truncations: 1 } },
  OVERSIZED_TOOL_ARGUMENTS: { facts: { args_length_max: 20_000 } },
  MODEL_FALLBACK_DRIFT: { facts: { model_changes: 1 } },
};
