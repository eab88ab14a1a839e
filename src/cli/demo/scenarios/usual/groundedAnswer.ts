import { ragPipeline } from "../../agents/ragPipeline";
import type { Scenario } from "../../scenario";

const TOPICS = ["parental leave", "travel costs", "remote work", "sick days"];

/** One search in the handbook, one answer. */
export const groundedAnswer: Scenario = {
  name: "grounded-answer",
  agents: [ragPipeline],
  share: 30,
  async play(stage) {
    const { random } = stage;
    const topic = random.pick(TOPICS);
    // A single prompt cannot grow.
    await stage.run(
      ragPipeline,
      { input: `What are the rules for ${topic}?`, no_data: ["CONTEXT_BLOAT"] },
      async (actor) => {
        await actor.search("handbook", topic, { count: random.whole(3, 8), score: random.whole(61, 93) / 100 });
        await actor.answer(`The rules for ${topic} are in chapter ${random.whole(2, 12)}.`);
      },
    );
  },
};
