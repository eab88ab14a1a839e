import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";
import { AgentCrash } from "../../stage";

/** The very first model call is refused, and the run fails with it. */
export const wrongKey: Scenario = {
  name: "wrong-key",
  agents: [codingAgent],
  async play(stage) {
    const setting = {
      input: "Fix the build",
      status: "errored",
      signals: { FIRST_STEP_FAILURE: "MEDIUM" },
      // No model call went through, so nothing is known of any.
      no_data: ["CONTEXT_BLOAT", "EMPTY_LLM_RESPONSE", "COST_SPIKE"],
    } as const;
    await stage.run(codingAgent, setting, async (actor) => {
      await actor.modelFails("401 Incorrect API key", { ms: 180 });
      throw new AgentCrash("401 Incorrect API key");
    });
  },
};
