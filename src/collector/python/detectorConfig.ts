import type { Context } from "hono";
import type { Baseline, BaselineFact } from "../../core/baselines";
import { DETECTORS, type DetectorSettings } from "../../core/detectors";
import type { Micros } from "../../core/wire";

/** Thresholds that the Python package 0.5.7 has too, by detector and with its names: it warns of every other. */
const SHARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tool_loop: { threshold: "THRESHOLD" },
  tool_avoidance: { min_llm_calls: "MIN_LLM_CALLS" },
  goal_abandonment: { stall_steps: "STALL_STEPS" },
  rag_empty_retrieval: { min_results: "MIN_RESULTS", min_score: "MIN_SCORE" },
  llm_truncation_loop: { threshold: "THRESHOLD" },
  context_bloat: {
    min_calls: "MIN_CALLS",
    growth_factor: "GROWTH_FACTOR",
    min_last_tokens: "MIN_LAST_TOKENS",
    inflation_factor: "INFLATION_FACTOR",
  },
  slow_step: { inflation_factor: "INFLATION_FACTOR", floor_ms: "MIN_THRESHOLD_MS" },
  retry_storm: { threshold: "THRESHOLD" },
  step_count_inflation: { inflation_factor: "INFLATION_FACTOR" },
  cascading_tool_failure: { threshold: "THRESHOLD" },
  first_step_failure: { max_step: "MAX_STEP" },
  reasoning_stall: { min_llm_calls: "MIN_LLM_CALLS", ratio_threshold: "RATIO_THRESHOLD" },
  cost_spike: {
    inflation_factor: "INFLATION_FACTOR",
    static_threshold_tokens: "STATIC_THRESHOLD_TOKENS",
    floor_tokens: "MIN_THRESHOLD_TOKENS",
  },
  session_latency: {
    inflation_factor: "INFLATION_FACTOR",
    static_threshold_secs: "STATIC_THRESHOLD_SECS",
    floor_secs: "MIN_THRESHOLD_S",
  },
  runaway_iteration: { max_steps: "STEP_THRESHOLD", max_cost_usd: "COST_THRESHOLD_USD" },
  oversized_tool_arguments: { max_length: "MAX_ARG_LENGTH" },
};

/** Baselines by the package's names, each with ours and what that is divided by. */
const BASELINES: Readonly<Record<string, readonly [BaselineFact, number]>> = {
  p75_steps: ["steps", 1],
  p75_latency_tool_ms: ["slowest_tool_ms", 1],
  p75_latency_llm_ms: ["slowest_llm_ms", 1],
  p75_token_growth: ["context_growth", 1],
  p75_total_tokens: ["total_tokens", 1],
  p75_duration_s: ["active_ms", 1000],
};

/** How long an answer is good for, s. */
const TTL_S = 60;

export interface DetectorConfigOptions {
  readonly rulesFor: (
    agentId: string,
    version: string,
  ) => { readonly settings: DetectorSettings; readonly baseline: Baseline };
  readonly clock: () => Micros;
}

/** `GET /v1/detector-config`: thresholds and baselines of one agent, by the names of the Python package. */
export function answerDetectorConfig(c: Context, { rulesFor, clock }: DetectorConfigOptions): Response {
  const { agent_id, agent_version } = c.req.query();
  if (agent_id === undefined || agent_id === "") return c.json({ error: "Name the agent: ?agent_id=" }, 422);
  const { settings, baseline } = rulesFor(agent_id, agent_version ?? "");
  return c.json({
    schema_version: 1,
    agent_id,
    agent_version: agent_version ?? null,
    generated_at: clock() / 1_000_000,
    ttl_s: TTL_S,
    detectors: thresholdsOf(settings),
    packs: [],
    baselines: baselinesOf(baseline),
  });
}

function thresholdsOf(settings: DetectorSettings): Record<string, Record<string, number>> {
  const sections: Record<string, Record<string, number>> = {};
  for (const { type, key } of DETECTORS) {
    const { thresholds } = settings[type];
    const known = Object.entries(SHARED[key] ?? {}).flatMap(([name, theirs]) => {
      const value = thresholds[name];
      return value === undefined ? [] : [[theirs, value] as const];
    });
    if (known.length > 0) sections[key] = Object.fromEntries(known);
  }
  return sections;
}

function baselinesOf(baseline: Baseline): Record<string, number> | null {
  const known = Object.entries(BASELINES).flatMap(([name, [fact, divisor]]) => {
    const value = baseline[fact];
    return value === undefined ? [] : [[name, value / divisor] as const];
  });
  return known.length === 0 ? null : Object.fromEntries(known);
}
