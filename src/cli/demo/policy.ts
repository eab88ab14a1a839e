import { PolicyViolation, type RunHook } from "../../sdk";
import { edgeAssistant } from "./agents/edgeAssistant";

/** Tool calls that the policy lets the greenhouse's agent make in one run. */
const MOST_CALLS = 3;

/** Stops runs of the greenhouse's agent that would water too much. */
export const fewCalls: RunHook = {
  afterEvent(run, event) {
    const isTooMany = event.event_type === "tool.called" && run.facts.tool_calls > MOST_CALLS;
    return isTooMany && run.agentId === edgeAssistant.id ? new PolicyViolation("few-calls") : undefined;
  },
};
