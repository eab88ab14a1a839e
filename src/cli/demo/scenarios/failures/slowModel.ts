import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** One model call takes more than twice as long as the agent's calls usually take. */
export const slowModel: Scenario = {
  name: "slow-model",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Is the shop open?", signals: { SLOW_STEP: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("search_kb", { query: "opening hours" }, { returns: ["9 to 17"] });
      await actor.think({ ms: 5200, least: 1500 });
      await actor.tool("search_kb", { query: "holidays" }, { returns: ["closed on Sunday"] });
      await actor.answer("Until five.");
    });
  },
};
