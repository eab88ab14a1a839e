import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** Much thinking for one search, but with an answer at the end. */
export const longDeliberation: Scenario = {
  name: "long-deliberation",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "Is it worth it?", signals: { REASONING_STALL: "MEDIUM" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      await actor.use("web_search", { query: "is it worth it" }, { returns: ["a.example"] });
      for (const thought of ["On the one hand.", "On the other.", "Then again.", "Still."]) await actor.say(thought);
      await actor.answer("It depends.");
    });
  },
};
