import { type AgentProfile, NO_BASELINE } from "../agent";

/** A scheduled job on a model of one's own, so nobody talks to it and no price is known. */
export const nightlyReport: AgentProfile = {
  id: "nightly-report",
  model: "in-house-7b",
  answersAs: "in-house-7b",
  provider: "in-house",
  tools: ["run_query", "render_chart", "send_mail"],
  prompt: "You write the report of the day from the numbers of the warehouse.",
  streaming: false,
  kind: "job",
  habits: { llmMs: 3200, toolMs: 1400, promptTokens: 1500 },
  baseline: undefined,
  noData: ["PROMPT_INJECTION_SIGNAL", ...NO_BASELINE],
};
