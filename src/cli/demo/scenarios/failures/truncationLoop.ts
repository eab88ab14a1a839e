import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** The report is cut by the length limit again and again, and written anew each time. */
export const truncationLoop: Scenario = {
  name: "truncation-loop",
  agents: [researchAgent],
  async play(stage) {
    const setting = { input: "A report of 40 pages", signals: { LLM_TRUNCATION_LOOP: "HIGH" } } as const;
    await stage.run(researchAgent, setting, async (actor) => {
      await actor.use("web_search", { query: "wind farms" }, { returns: ["a.example"] });
      await actor.say("Chapter one. ".repeat(80), { finish: "max_tokens", completionTokens: 1024 });
      await actor.say("Chapter one. ".repeat(80), { finish: "max_tokens", completionTokens: 1024 });
      await actor.answer("A short report, then.");
    });
  },
};
