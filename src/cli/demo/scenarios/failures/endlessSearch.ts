import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** The same call nine times in one run: beyond doubt, so the loop becomes CRITICAL. */
export const endlessSearch: Scenario = {
  name: "endless-search",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "Find the missing page", signals: { TOOL_LOOP: "CRITICAL" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      for (let attempt = 0; attempt < 9; attempt++) {
        await actor.use("web_search", { query: "missing page" }, { returns: [] });
      }
      await actor.answer("It is not on the web.");
    });
  },
};
