import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** A final answer out of thin air: there are tools, and none was used. */
export const toolAvoidance: Scenario = {
  name: "tool-avoidance",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Where is order 1881?", signals: { TOOL_AVOIDANCE: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.say("The customer asks for order 1881.");
      await actor.say("Orders are usually sent within a day.");
      await actor.answer("It was sent this morning.");
    });
  },
};
