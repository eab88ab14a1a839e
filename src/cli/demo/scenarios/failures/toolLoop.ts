import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** The same search with the same empty answer, four times: the agent does not see that it will not change. */
export const toolLoop: Scenario = {
  name: "tool-loop",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "When was Aronsen Ltd founded?", signals: { TOOL_LOOP: "HIGH" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      for (let attempt = 0; attempt < 4; attempt++) {
        await actor.use("web_search", { query: "Aronsen Ltd founded" }, { returns: [] });
      }
      await actor.answer("I could not find it.");
    });
  },
};
