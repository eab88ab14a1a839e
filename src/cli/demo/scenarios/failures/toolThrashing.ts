import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Back and forth between two tools, each with the arguments it had before: neither call can bring anything new. */
export const toolThrashing: Scenario = {
  name: "tool-thrashing",
  agents: [supportBot],
  async play(stage) {
    const signals = { TOOL_THRASHING: "HIGH", TOOL_LOOP: "HIGH" } as const;
    await stage.run(supportBot, { input: "Which of my orders is late?", signals }, async (actor) => {
      for (let round = 0; round < 3; round++) {
        await actor.use("lookup_customer", { customer: 17 }, { returns: { orders: "see lookup_order" } });
        await actor.use("lookup_order", { customer: 17 }, { returns: { error: "see lookup_customer" } });
      }
      await actor.answer("I cannot tell.");
    });
  },
};
