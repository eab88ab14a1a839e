import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Whole tool results go back into the prompt: it grows to five times its size. */
export const contextBloat: Scenario = {
  name: "context-bloat",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Sum up all my tickets", signals: { CONTEXT_BLOAT: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.think({ promptTokens: 1000 });
      await actor.tool("lookup_customer", { customer: 5 }, { returns: "ticket ".repeat(900) });
      await actor.think({ promptTokens: 2600 });
      await actor.tool("search_kb", { query: "open tickets" }, { returns: "ticket ".repeat(1800) });
      await actor.answer("You have 40 tickets.", { promptTokens: 5200 });
    });
  },
};
