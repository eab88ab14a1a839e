import type { AgentProfile } from "../agent";

/** Changes code in a repository and runs its tests. */
export const codingAgent: AgentProfile = {
  id: "coding-agent",
  model: "gpt-4.1",
  answersAs: "gpt-4.1-2025-04-14",
  provider: "openai",
  tools: ["grep", "read_file", "edit_file", "run_tests"],
  prompt: "You fix issues in a repository. Run the tests before you finish.",
  streaming: false,
  kind: "mcp",
  habits: { llmMs: 4500, toolMs: 700, promptTokens: 5200 },
  baseline: {
    steps: 13,
    active_ms: 60_000,
    slowest_tool_ms: 18_000,
    slowest_llm_ms: 7000,
    slowest_gap_ms: 300,
    context_growth: 1.9,
    total_tokens: 60_000,
    turn_calls_max: 13,
  },
  noData: [],
};
