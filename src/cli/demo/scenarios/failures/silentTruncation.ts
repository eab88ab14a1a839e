import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** The final answer is cut in the middle, and nobody says so. */
export const silentTruncation: Scenario = {
  name: "silent-truncation",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "List every species", signals: { SILENT_TRUNCATION: "MEDIUM" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      await actor.use("web_search", { query: "species list" }, { returns: ["a.example"] });
      await actor.use("fetch_page", { url: "a.example" }, { returns: "text ".repeat(400) });
      await actor.answer("Species one. ".repeat(80), { finish: "max_tokens", completionTokens: 1024 });
    });
  },
};
