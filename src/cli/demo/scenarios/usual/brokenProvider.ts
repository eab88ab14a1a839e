import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";
import { AgentCrash } from "../../stage";

/** After some work the provider of the model fails for good, and the run with it. */
export const brokenProvider: Scenario = {
  name: "broken-provider",
  agents: [researchAgent],
  share: 3,
  async play(stage) {
    const expected = { status: "errored", no_data: ["CONTEXT_BLOAT", "COST_SPIKE"] } as const;
    await stage.run(researchAgent, { input: "What is new in tidal power?", ...expected }, async (actor) => {
      await actor.use("web_search", { query: "tidal power news" }, { returns: ["a.example"] });
      await actor.use("fetch_page", { url: "a.example" }, { returns: "text ".repeat(300) });
      actor.notice("provider_error", "anthropic", { http_status: 529 });
      await actor.modelFails("529 overloaded");
      throw new AgentCrash("529 overloaded");
    });
  },
};
