import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** More than a dollar for a run that has no answer. */
export const expensiveRun: Scenario = {
  name: "expensive-run",
  agents: [researchAgent],
  async play(stage) {
    const signals = { RUNAWAY_ITERATION: "MEDIUM", COST_SPIKE: "MEDIUM" } as const;
    await stage.run(researchAgent, { input: "Read all of it", signals }, async (actor) => {
      for (const part of [1, 2, 3, 4]) {
        await actor.think({ promptTokens: 110_000, ms: 3900 });
        await actor.tool(
          part % 2 === 0 ? "take_note" : "fetch_page",
          { part },
          { returns: "text ".repeat(100 * part) },
        );
      }
      await actor.say("There is too much of it.", { promptTokens: 110_000, ms: 3900 });
    });
  },
};
