import type { AgentProfile } from "../agent";

/** Answers customers of a shop; asks a person before it gives money back. */
export const supportBot: AgentProfile = {
  id: "support-bot",
  model: "gpt-4o-mini",
  answersAs: "gpt-4o-mini-2024-07-18",
  provider: "openai",
  tools: ["search_kb", "lookup_order", "lookup_customer", "refund_order", "create_ticket", "ask_approval"],
  humanTools: ["ask_approval"],
  prompt: "You help customers of a shop. Look things up before you answer.",
  streaming: false,
  habits: { llmMs: 1200, toolMs: 300, promptTokens: 1100 },
  baseline: {
    steps: 8,
    active_ms: 9000,
    slowest_tool_ms: 450,
    slowest_llm_ms: 1800,
    slowest_gap_ms: 300,
    context_growth: 1.6,
    total_tokens: 6500,
    turn_calls_max: 8,
  },
  noData: [],
};
