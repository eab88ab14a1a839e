import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** One page takes twenty seconds where a second is usual, while its server says that it is overloaded. */
export const slowTool: Scenario = {
  name: "slow-tool",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "What does the archive say?", signals: { SLOW_STEP: "HIGH" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      await actor.use("web_search", { query: "archive" }, { returns: ["archive.example"] });
      await actor.think();
      const page = actor.tool(
        "fetch_page",
        { url: "archive.example" },
        { ms: 20_000, least: 3500, returns: "text ".repeat(90) },
      );
      await actor.pause(1500);
      actor.notice("upstream_error", "archive.example", { http_status: 503 });
      await page;
      await actor.answer("It says little.");
    });
  },
};
