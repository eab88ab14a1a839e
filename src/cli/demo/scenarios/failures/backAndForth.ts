import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Back and forth between two tools with new arguments each time: slow progress, perhaps. */
export const backAndForth: Scenario = {
  name: "back-and-forth",
  agents: [supportBot],
  async play(stage) {
    const signals = { TOOL_THRASHING: "MEDIUM", TOOL_LOOP: "LOW" } as const;
    await stage.run(supportBot, { input: "Check my last three orders", signals }, async (actor) => {
      for (const order of [31, 32, 33]) {
        await actor.use("lookup_order", { order }, { returns: { order, state: "sent" } });
        await actor.use("search_kb", { query: `order ${order}` }, { returns: ["2 to 4 days"] });
      }
      await actor.answer("All three are on their way.");
    });
  },
};
