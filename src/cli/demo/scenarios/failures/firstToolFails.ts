import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** The first thing the agent does fails: often a wrong set-up. */
export const firstToolFails: Scenario = {
  name: "first-tool-fails",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Where is my order?", signals: { FIRST_STEP_FAILURE: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("lookup_order", { order: "unknown" }, { fails: "order must be a number" });
      await actor.use("lookup_order", { order: 77 }, { returns: { state: "sent" } });
      await actor.answer("It was sent.");
    });
  },
};
