import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

const TOOLS = ["search_kb", "lookup_order", "lookup_customer", "create_ticket"];

/** More than twice the steps that three in four runs of this agent need. */
export const stepCountInflation: Scenario = {
  name: "step-count-inflation",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "It is complicated", signals: { STEP_COUNT_INFLATION: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      for (let round = 0; round < 9; round++) {
        await actor.use(TOOLS[round % TOOLS.length] ?? "search_kb", { round }, { returns: { round } });
      }
      await actor.answer("It is all sorted now.");
    });
  },
};
