import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** A loop that nobody ended: its process was killed, and the signal is found in what is there. */
export const stalledLoop: Scenario = {
  name: "stalled-loop",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "Who wrote this?", status: "stalled", signals: { TOOL_LOOP: "HIGH" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      for (let attempt = 0; attempt < 5; attempt++) {
        await actor.use("fetch_page", { url: "author.example" }, { returns: "Please sign in." });
      }
    });
  },
};
