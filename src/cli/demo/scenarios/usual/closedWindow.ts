import { chatAssistant } from "../../agents/chatAssistant";
import type { Scenario } from "../../scenario";

/** The user closes the window while the answer streams: the run is aborted, which is no error. */
export const closedWindow: Scenario = {
  name: "closed-window",
  agents: [chatAssistant],
  share: 4,
  async play(stage) {
    const setting = { input: "Tell me a long story", session: `chat-${stage.random.hex(6)}` };
    // Of the call that was cut off neither tokens nor text are known.
    const no_data = ["CONTEXT_BLOAT", "EMPTY_LLM_RESPONSE", "COST_SPIKE"] as const;
    await stage.run(chatAssistant, { ...setting, no_data }, async (actor) => {
      await actor.modelFails("The client went away.");
      throw new DOMException("The client went away.", "AbortError");
    });
  },
};
