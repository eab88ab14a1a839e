/** Closed vocabularies of the wire format (spec of the line, schema 1). */

export const SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
/** How bad a signal is. LOW is recorded but never counted or alerted unless asked for. */
export type Severity = (typeof SEVERITIES)[number];

/** 0 for LOW up to 3 for CRITICAL. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export const LEVELS = ["info", "warn", "error", "critical"] as const;
export type Level = (typeof LEVELS)[number];

export const EXIT_REASONS = [
  "final_answer",
  "completed",
  "aborted",
  "max_steps",
  "handoff",
  "error",
  "policy_violation",
] as const;
/** Why a run ended: the last two on `run.errored`, the others on `run.completed`. */
export type ExitReason = (typeof EXIT_REASONS)[number];

export const FINISH_REASONS = ["stop", "length", "tool_calls", "content_filter", "error"] as const;
/** Why a model stopped, in one vocabulary for all providers. */
export type FinishReason = (typeof FINISH_REASONS)[number];

export const CAPTURE_MODES = ["hash", "shape", "full"] as const;
/** What of the content leaves the process: hashes, shapes of arguments too, or raw text. */
export type CaptureMode = (typeof CAPTURE_MODES)[number];

export const HASH_MODES = ["sha256", "hmac"] as const;
export type HashMode = (typeof HASH_MODES)[number];

export const FAILURE_TYPES = [
  "TOOL_LOOP",
  "TOOL_THRASHING",
  "TOOL_AVOIDANCE",
  "GOAL_ABANDONMENT",
  "PROMPT_INJECTION_SIGNAL",
  "RAG_EMPTY_RETRIEVAL",
  "LLM_TRUNCATION_LOOP",
  "CONTEXT_BLOAT",
  "SLOW_STEP",
  "RETRY_STORM",
  "EMPTY_LLM_RESPONSE",
  "STEP_COUNT_INFLATION",
  "CASCADING_TOOL_FAILURE",
  "FIRST_STEP_FAILURE",
  "REASONING_STALL",
  "COST_SPIKE",
  "SESSION_LATENCY",
  "RUNAWAY_ITERATION",
  "FAILURE_SHARE",
  "TURN_BURST",
  "SILENT_TRUNCATION",
  "OVERSIZED_TOOL_ARGUMENTS",
  "MODEL_FALLBACK_DRIFT",
] as const;
/** The failure signals: the first 17, then the second wave. */
export type FailureType = (typeof FAILURE_TYPES)[number];

const FAILURE_TYPE_SET: ReadonlySet<string> = new Set(FAILURE_TYPES);

export function isFailureType(value: string): value is FailureType {
  return FAILURE_TYPE_SET.has(value);
}
