import { nightlyReport } from "../../agents/nightlyReport";
import type { Scenario } from "../../scenario";

const TOOLS = ["run_query", "render_chart", "send_mail"];

/** On and on until the steps are used up, without an answer. */
export const runawayIteration: Scenario = {
  name: "runaway-iteration",
  agents: [nightlyReport],
  async play(stage) {
    await stage.run(nightlyReport, { signals: { RUNAWAY_ITERATION: "MEDIUM" } }, async (actor) => {
      for (let round = 0; round < 26; round++) {
        await actor.think({ promptTokens: 1200, ms: 1800 });
        await actor.tool(TOOLS[round % TOOLS.length] ?? "run_query", { round }, { ms: 400, returns: { round } });
      }
      actor.outOfSteps();
    });
  },
};
