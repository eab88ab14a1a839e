import { nightlyReport } from "../../agents/nightlyReport";
import type { Scenario } from "../../scenario";

/** A job without a user, on a model whose price nobody knows: its cost is unpriced, never 0. */
export const nightlyNumbers: Scenario = {
  name: "nightly-numbers",
  agents: [nightlyReport],
  share: 6,
  async play(stage) {
    const { random } = stage;
    await stage.run(nightlyReport, {}, async (actor) => {
      await actor.use("run_query", { query: "sales by day" }, { returns: { rows: random.whole(20, 90) } });
      await actor.use("run_query", { query: "returns by day" }, { returns: { rows: random.whole(20, 90) } });
      await actor.use("render_chart", { kind: "bars" }, { returns: "chart.png" });
      await actor.use("send_mail", { to: "sales" });
      await actor.answer("The report was sent.");
    });
  },
};
