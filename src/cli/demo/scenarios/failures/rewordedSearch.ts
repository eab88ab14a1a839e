import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** Three searches in two wordings: not stuck yet, but going in circles. */
export const rewordedSearch: Scenario = {
  name: "reworded-search",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "Who owns the old mill?", signals: { TOOL_LOOP: "MEDIUM" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      for (const query of ["old mill owner", "who owns the old mill", "old mill owner"]) {
        await actor.use("web_search", { query }, { returns: ["result ".repeat(stage.random.whole(1, 9))] });
      }
      await actor.answer("It belongs to the town.");
    });
  },
};
