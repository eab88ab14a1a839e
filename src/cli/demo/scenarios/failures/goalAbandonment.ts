import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** After two tool calls the agent only talks to itself, and ends without an answer. */
export const goalAbandonment: Scenario = {
  name: "goal-abandonment",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "Compare the two suppliers", signals: { GOAL_ABANDONMENT: "MEDIUM" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      await actor.use("web_search", { query: "supplier A" }, { returns: ["a.example"] });
      await actor.use("fetch_page", { url: "a.example" }, { returns: "text ".repeat(200) });
      for (const thought of ["First the prices.", "Then the terms.", "Or the terms first.", "Prices matter more."]) {
        await actor.say(thought);
      }
    });
  },
};
