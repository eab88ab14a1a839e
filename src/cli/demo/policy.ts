import type { PolicyOptions } from "../../sdk";
import { edgeAssistant } from "./agents/edgeAssistant";

/** Stops runs of the greenhouse's agent that would water too much. */
export const fewCalls: PolicyOptions = {
  name: "few-calls",
  agentId: edgeAssistant.id,
  condition: { trigger: "tool_call_count", operator: "gt", value: 3 },
  action: { type: "stop" },
};
