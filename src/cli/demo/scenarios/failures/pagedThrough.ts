import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** One tool again and again, but with other arguments each time, as when paging: recorded as LOW and not counted. */
export const pagedThrough: Scenario = {
  name: "paged-through",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "List all grants of 2025", signals: { TOOL_LOOP: "LOW" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      for (const page of [1, 2, 3, 4]) {
        await actor.use("fetch_page", { url: "grants.example", page }, { returns: "row ".repeat(40 + page) });
      }
      await actor.answer("There are 160 grants.");
    });
  },
};
