import { ragPipeline } from "../../agents/ragPipeline";
import type { Scenario } from "../../scenario";

/** The same right at the start of a run. */
export const emptyFirstAnswer: Scenario = {
  name: "empty-first-answer",
  agents: [ragPipeline],
  async play(stage) {
    const signals = { EMPTY_LLM_RESPONSE: "HIGH", FIRST_STEP_FAILURE: "MEDIUM" } as const;
    await stage.run(ragPipeline, { input: "And for interns?", signals, no_data: ["CONTEXT_BLOAT"] }, async (actor) => {
      await actor.search("handbook", "interns", { count: 4, score: 0.71 });
      await actor.answer("", { completionTokens: 1 });
    });
  },
};
