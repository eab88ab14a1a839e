import { nightlyReport } from "../../agents/nightlyReport";
import type { Scenario } from "../../scenario";

/** A slow query of an agent without a baseline: over the fixed limit, so the signal is LOW. */
export const slowQuery: Scenario = {
  name: "slow-query",
  agents: [nightlyReport],
  async play(stage) {
    await stage.run(nightlyReport, { signals: { SLOW_STEP: "LOW" } }, async (actor) => {
      await actor.use(
        "run_query",
        { query: "sales by hour, all years" },
        { ms: 23_000, least: 16_000, returns: { rows: 61_320 } },
      );
      await actor.use("send_mail", { to: "sales" });
      await actor.answer("The report was sent.");
    });
  },
};
