import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** A failing tool is called again and again, unchanged, until the agent gives up. */
export const retryStorm: Scenario = {
  name: "retry-storm",
  agents: [supportBot],
  async play(stage) {
    const signals = { RETRY_STORM: "HIGH", TOOL_LOOP: "MEDIUM" } as const;
    await stage.run(supportBot, { input: "Open a ticket for me", signals }, async (actor) => {
      await actor.use("search_kb", { query: "tickets" }, { returns: ["article 3"] });
      for (let attempt = 0; attempt < 3; attempt++) {
        await actor.use("create_ticket", { queue: "general" }, { fails: "503 Service Unavailable" });
      }
      await actor.answer("I cannot open a ticket now.");
    });
  },
};
