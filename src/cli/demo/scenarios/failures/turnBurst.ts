import { ragPipeline } from "../../agents/ragPipeline";
import type { Scenario } from "../../scenario";

/** One question becomes eight searches at once where one is usual. */
export const turnBurst: Scenario = {
  name: "turn-burst",
  agents: [ragPipeline],
  async play(stage) {
    const signals = { TURN_BURST: "MEDIUM", STEP_COUNT_INFLATION: "MEDIUM", TOOL_LOOP: "LOW" } as const;
    await stage.run(
      ragPipeline,
      { input: "Compare all chapters", signals, no_data: ["CONTEXT_BLOAT"] },
      async (actor) => {
        await Promise.all(
          [1, 2, 3, 4, 5, 6, 7, 8].map((chapter) =>
            actor.search("handbook", `chapter ${chapter}`, { count: 2 + (chapter % 3), score: 0.6 }),
          ),
        );
        await actor.answer("They do not differ much.");
      },
    );
  },
};
