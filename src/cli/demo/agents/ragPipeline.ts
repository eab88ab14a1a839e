import type { AgentProfile } from "../agent";

/** Looks up one question in the handbook and answers it; no tools. */
export const ragPipeline: AgentProfile = {
  id: "rag-pipeline",
  model: "gpt-4o-mini",
  answersAs: "gpt-4o-mini-2024-07-18",
  provider: "openai",
  tools: [],
  prompt: "Answer from the documents. Say so when they do not tell.",
  streaming: false,
  source: "haystack",
  habits: { llmMs: 1500, toolMs: 180, promptTokens: 1800 },
  baseline: {
    steps: 2,
    active_ms: 2400,
    slowest_tool_ms: 260,
    slowest_llm_ms: 2000,
    slowest_gap_ms: 300,
    total_tokens: 2600,
    turn_calls_max: 2,
  },
  noData: [],
};
