import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** In the middle of the run another model answers: the gateway fell back to it. */
export const modelFallback: Scenario = {
  name: "model-fallback-drift",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Help me choose", signals: { MODEL_FALLBACK_DRIFT: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("search_kb", { query: "sizes" }, { returns: ["S to XL"] });
      actor.notice("rate_limit", "openai", { retry_after_ms: 20_000 });
      await actor.think({ model: "gpt-3.5-turbo" });
      await actor.tool("lookup_customer", { customer: 21 }, { returns: { size: "M" } });
      await actor.answer("Take M.", { model: "gpt-3.5-turbo" });
    });
  },
};
