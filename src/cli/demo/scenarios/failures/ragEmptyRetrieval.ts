import { ragPipeline } from "../../agents/ragPipeline";
import type { Scenario } from "../../scenario";

/** The search finds nothing, and the pipeline answers all the same. */
export const ragEmptyRetrieval: Scenario = {
  name: "rag-empty-retrieval",
  agents: [ragPipeline],
  async play(stage) {
    const expected = { signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" }, no_data: ["CONTEXT_BLOAT"] } as const;
    await stage.run(ragPipeline, { input: "May I bring my snake?", ...expected }, async (actor) => {
      await actor.search("handbook", "snake at work", { count: 0, score: null });
      await actor.answer("Yes, snakes are welcome.");
    });
  },
};
