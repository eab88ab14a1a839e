import {
  type Baselines,
  computeBaselines,
  DetectorConfig,
  NO_BASELINES,
  parseBaselines,
  parseDetectorConfig,
} from "../../src/core";
import type { Judging } from "./outcomes";
import type { AgreementRun } from "./runs";

/** Thresholds that many of the runs are near to, and sections of their own for some agents. */
const SETTINGS = {
  default: {
    tool_loop: { threshold: 2 },
    rag_empty_retrieval: { min_results: 2, min_score: 0.5 },
    slow_step: { tool_ms: 40_000, llm_ms: 20_000, gap_ms: 45_000 },
    runaway_iteration: { max_steps: 20, max_cost_usd: 0.05 },
    cost_spike: { static_threshold_tokens: 9000 },
    reasoning_stall: { min_llm_calls: 2, ratio_threshold: 0.75 },
    oversized_tool_arguments: { max_length: 9 },
    context_bloat: { growth_factor: 1.25, min_calls: 2, min_last_tokens: 500 },
  },
  alpha: { tool_loop: { threshold: 4 }, retry_storm: { threshold: 2 }, failure_share: { share: 0.5, min_calls: 2 } },
  "delta.1": { tool_loop: { threshold: 4 }, slow_step: { gap_ms: 1000 }, first_step_failure: { max_step: 5 } },
  "delta-1": { goal_abandonment: { stall_steps: 1 }, tool_avoidance: { min_llm_calls: 1 } },
};

/** Baselines of which some kinds of slow steps have one and others not, by agent and by version. */
function partialBaselines(): Baselines {
  const agents = {
    alpha: {
      v1: { runs: 20, p75: { slowest_tool_ms: 9000.25, steps: 6 } },
      v2: { runs: 20, p75: { slowest_llm_ms: 20_000, total_tokens: 4000.5 } },
      "*": { runs: 40, p75: { slowest_gap_ms: 8000, turn_calls_max: 2, steps: 6 } },
    },
    gamma: { "*": { runs: 30, p75: { slowest_tool_ms: 100, active_ms: 3000, context_growth: 0.75 } } },
    "delta.1": { "4cf70175": { runs: 20, p75: { slowest_llm_ms: 0, slowest_tool_ms: 4000, slowest_gap_ms: 700 } } },
  };
  return parse({ agents });
}

function parse(file: object): Baselines {
  const whole = { schema: 1, generated_at: "2026-11-20T10:00:00.000000Z", window_days: 7, ...file };
  return parseBaselines(whole, "baselines of the test");
}

/** Without baseline, with the baselines of the runs themselves, with settings per agent, and with both by hand. */
export function judgings(runs: readonly AgreementRun[], now: number): Judging[] {
  const computed = computeBaselines(
    runs.map(({ run }) => run),
    { now },
  );
  const sections = parseDetectorConfig(SETTINGS, "detectors.yml of the test");
  return [
    { name: "without baseline", config: new DetectorConfig(), baselines: NO_BASELINES },
    { name: "with computed baselines", config: new DetectorConfig(), baselines: parse(computed) },
    { name: "with thresholds per agent", config: sections, baselines: NO_BASELINES },
    { name: "with thresholds and partial baselines", config: sections, baselines: partialBaselines() },
  ];
}

/** Thresholds that many of the runs are near to, the same for all agents: queries over raw events take one set. */
export const SAME_FOR_ALL = { default: SETTINGS.default };

/** The same baselines for all agents, for what is judged as an agent without a name. */
export function fixedBaseline(runs: readonly AgreementRun[]): Baselines {
  const agents = ["", ...new Set(runs.map(({ run }) => run.agent_id))];
  const entry = { "*": { runs: 20, p75: { steps: 6.5 } } };
  return parse({ agents: Object.fromEntries(agents.map((agent) => [agent, entry])) });
}
