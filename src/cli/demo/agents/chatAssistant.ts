import { type AgentProfile, NO_BASELINE } from "../agent";

/** Chats; does not declare its tools and is too new to have a baseline. */
export const chatAssistant: AgentProfile = {
  id: "chat-assistant",
  model: "gpt-4o",
  answersAs: "gpt-4o-2024-11-20",
  provider: "openai",
  tools: undefined,
  prompt: "You are a friendly assistant.",
  streaming: true,
  kind: "chat",
  habits: { llmMs: 1900, toolMs: 400, promptTokens: 420 },
  baseline: undefined,
  noData: ["TOOL_AVOIDANCE", ...NO_BASELINE],
};
