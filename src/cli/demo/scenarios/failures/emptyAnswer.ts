import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** The model stops without a word and without calling a tool: the user gets nothing. */
export const emptyAnswer: Scenario = {
  name: "empty-answer",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Can I pay by card?", signals: { EMPTY_LLM_RESPONSE: "HIGH" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("search_kb", { query: "payment" }, { returns: ["card, transfer"] });
      await actor.use("lookup_customer", { customer: 8 }, { returns: { country: "FR" } });
      await actor.answer("", { completionTokens: 1 });
    });
  },
};
