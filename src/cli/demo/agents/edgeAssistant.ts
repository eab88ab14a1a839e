import { type AgentProfile, NO_BASELINE } from "../agent";

/** Runs on a small device whose model server counts no tokens. */
export const edgeAssistant: AgentProfile = {
  id: "edge-assistant",
  model: "llama-3.2-3b",
  answersAs: "llama-3.2-3b",
  provider: "local",
  tools: ["read_sensor", "set_valve"],
  prompt: "You look after a greenhouse.",
  streaming: false,
  habits: { llmMs: 2100, toolMs: 120, promptTokens: undefined },
  baseline: undefined,
  noData: ["CONTEXT_BLOAT", "COST_SPIKE", ...NO_BASELINE],
};
