import { nightlyReport } from "../../agents/nightlyReport";
import type { Scenario } from "../../scenario";

/** Many tokens of an agent without a baseline: over the fixed limit, so the signal is LOW. */
export const largePrompts: Scenario = {
  name: "large-prompts",
  agents: [nightlyReport],
  async play(stage) {
    await stage.run(nightlyReport, { signals: { COST_SPIKE: "LOW" } }, async (actor) => {
      await actor.think({ promptTokens: 18_000 });
      await actor.tool("run_query", { query: "everything" }, { returns: { rows: 900 } });
      await actor.think({ promptTokens: 19_000 });
      await actor.tool("send_mail", { to: "sales" });
      await actor.answer("The report was sent.", { promptTokens: 20_000 });
    });
  },
};
