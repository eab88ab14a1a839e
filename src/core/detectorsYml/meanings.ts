import type { FailureType } from "../wire/terms";

/** What each setting means, in the words of the shipped detectors.yml. */
export const SETTING_MEANINGS: Readonly<Record<FailureType, Readonly<Record<string, string>>>> = {
  TOOL_LOOP: {
    threshold: "calls of one tool within five consecutive actions; with equal arguments MEDIUM, equal answers too HIGH",
  },
  TOOL_THRASHING: {
    min_alternation: "tool calls strictly in turn; HIGH when each tool keeps its arguments",
  },
  TOOL_AVOIDANCE: {
    min_llm_calls: "LLM calls without new user input from which on a tool is expected",
  },
  GOAL_ABANDONMENT: {
    stall_steps: "LLM calls since the last action or user turn",
  },
  PROMPT_INJECTION_SIGNAL: {},
  RAG_EMPTY_RETRIEVAL: {
    min_results: "a retrieval with fewer results is empty; 0 turns this part off",
    min_score: "a retrieval whose best score is lower is empty; set it to fit your retriever's scale",
  },
  LLM_TRUNCATION_LOOP: {
    threshold: "cut answers in one run",
  },
  CONTEXT_BLOAT: {
    min_calls: "LLM calls with a known prompt size that are needed to judge",
    growth_factor: "last prompt / first prompt, without a baseline; LOW",
    min_last_tokens: "a last prompt below this many tokens is never bloat",
    inflation_factor: "times the baseline of that growth; MEDIUM",
  },
  SLOW_STEP: {
    tool_ms: "limit of a tool call or retrieval without a baseline, ms; LOW, from 5 times the limit on HIGH",
    llm_ms: "limit of an LLM call without a baseline, ms",
    gap_ms: "limit of a pause in which no call is open without a baseline, ms",
    inflation_factor: "times the baseline of the slowest tool, LLM call or pause; MEDIUM",
    floor_ms: "no limit by baseline is lower than this, ms",
  },
  RETRY_STORM: {
    threshold: "failures of one tool since its last success; HIGH within one user turn",
  },
  EMPTY_LLM_RESPONSE: {},
  STEP_COUNT_INFLATION: {
    inflation_factor: "times the baseline of steps",
  },
  CASCADING_TOOL_FAILURE: {
    threshold: "consecutive failed tool calls over two or more tools in one user turn",
  },
  FIRST_STEP_FAILURE: {
    max_step: "last step that counts as first",
  },
  REASONING_STALL: {
    min_llm_calls: "LLM calls without new user input that are needed to judge",
    ratio_threshold: "such LLM calls per tool call or retrieval",
  },
  COST_SPIKE: {
    inflation_factor: "times the baseline of tokens; MEDIUM",
    static_threshold_tokens: "tokens of the run without a baseline; LOW",
    floor_tokens: "no limit by baseline is lower than this, tokens",
  },
  SESSION_LATENCY: {
    inflation_factor: "times the baseline of the run's time without waits for people; MEDIUM",
    static_threshold_secs: "seconds of the run without a baseline; LOW",
    floor_secs: "no limit by baseline is lower than this, seconds",
  },
  RUNAWAY_ITERATION: {
    max_steps: "steps of the run",
    max_cost_usd: "cost of the run, USD",
  },
  FAILURE_SHARE: {
    share: "failed answers / tool calls",
    min_calls: "tool calls that are needed to judge",
  },
  TURN_BURST: {
    inflation_factor: "times the baseline of the busiest turn's calls",
  },
  SILENT_TRUNCATION: {},
  OVERSIZED_TOOL_ARGUMENTS: {
    max_length: "length of the arguments, UTF-16 code units",
  },
  MODEL_FALLBACK_DRIFT: {},
};
