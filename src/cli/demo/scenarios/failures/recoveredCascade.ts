import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** The same, but the database comes back. */
export const recoveredCascade: Scenario = {
  name: "recovered-cascade",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Cancel my order", signals: { CASCADING_TOOL_FAILURE: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.think();
      await actor.say("One moment, please.");
      for (const tool of ["lookup_order", "lookup_customer", "create_ticket"]) {
        await actor.use(tool, { order: 12 }, { fails: "connection to the database refused" });
      }
      await actor.use("lookup_order", { order: 12 }, { returns: { state: "open" } });
      await actor.answer("It is cancelled.");
    });
  },
};
