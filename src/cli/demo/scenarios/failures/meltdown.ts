import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";
import { AgentCrash } from "../../stage";

/** The network is gone and the agent does not notice: what fails is tried until the run breaks. */
export const meltdown: Scenario = {
  name: "meltdown",
  agents: [researchAgent],
  async play(stage) {
    const signals = {
      TOOL_LOOP: "CRITICAL",
      RETRY_STORM: "CRITICAL",
      CASCADING_TOOL_FAILURE: "CRITICAL",
      FAILURE_SHARE: "MEDIUM",
    } as const;
    await stage.run(researchAgent, { input: "Read the news", status: "errored", signals }, async (actor) => {
      await actor.use("web_search", { query: "news" }, { returns: ["news.example"] });
      await actor.use("take_note", { text: "starting" }, { fails: "network is unreachable" });
      for (let attempt = 0; attempt < 8; attempt++) {
        await actor.use("fetch_page", { url: "news.example" }, { fails: "network is unreachable" });
      }
      throw new AgentCrash("network is unreachable");
    });
  },
};
