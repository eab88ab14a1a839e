import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** The database is down: one tool after the other fails, and none works again. */
export const cascade: Scenario = {
  name: "cascading-tool-failure",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Cancel my order", signals: { CASCADING_TOOL_FAILURE: "HIGH" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("search_kb", { query: "cancel" }, { returns: ["before it is sent"] });
      for (const tool of ["lookup_order", "lookup_customer", "create_ticket"]) {
        await actor.use(tool, { order: 12 }, { fails: "connection to the database refused" });
      }
      await actor.answer("I cannot reach our system now.");
    });
  },
};
