import { type AgentProfile, NO_BASELINE } from "../agent";

/** Plans trips with two agents of its own, whose runs are nested in its runs. */
export const tripPlanner: AgentProfile = {
  id: "trip-planner",
  model: "gpt-4o",
  answersAs: "gpt-4o-2024-11-20",
  provider: "openai",
  tools: ["delegate"],
  prompt: "You plan trips. Leave flights and hotels to the agents for them.",
  streaming: false,
  habits: { llmMs: 1600, toolMs: 500, promptTokens: 900 },
  baseline: undefined,
  noData: NO_BASELINE,
};

export const flightSearch: AgentProfile = {
  ...tripPlanner,
  id: "flight-search",
  model: "gpt-4o-mini",
  answersAs: "gpt-4o-mini-2024-07-18",
  tools: ["search_flights", "get_fare"],
  prompt: "You find flights.",
};

export const hotelSearch: AgentProfile = {
  ...flightSearch,
  id: "hotel-search",
  tools: ["search_hotels", "get_rate"],
  prompt: "You find hotels.",
};
