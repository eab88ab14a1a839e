import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Four times the tokens that three in four runs of this agent need. */
export const costSpike: Scenario = {
  name: "cost-spike",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Read the whole manual", signals: { COST_SPIKE: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.think({ promptTokens: 9000 });
      await actor.tool("search_kb", { query: "manual" }, { returns: "page ".repeat(900) });
      await actor.say("Let me sort that.", { promptTokens: 9400 });
      await actor.answer("Press the red button.", { promptTokens: 9800 });
    });
  },
};
