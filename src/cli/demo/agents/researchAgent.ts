import type { AgentProfile } from "../agent";

/** Reads the web and writes reports; its answers stream. */
export const researchAgent: AgentProfile = {
  id: "research-agent",
  model: "claude-sonnet-4-5",
  answersAs: "claude-sonnet-4-5-20250929",
  provider: "anthropic",
  tools: ["web_search", "fetch_page", "take_note"],
  prompt: "You research a question on the web and write a short report with sources.",
  streaming: true,
  habits: { llmMs: 2600, toolMs: 900, promptTokens: 2400 },
  baseline: {
    steps: 14,
    active_ms: 26_000,
    slowest_tool_ms: 1500,
    slowest_llm_ms: 4000,
    slowest_gap_ms: 300,
    context_growth: 1.8,
    total_tokens: 26_000,
    turn_calls_max: 14,
  },
  noData: [],
};
