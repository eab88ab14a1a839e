import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

const TOPICS = ["tidal power", "soil carbon", "sodium batteries", "heat pumps in old houses"];

/** Searches, reads two pages side by side, and streams a report. */
export const streamedReport: Scenario = {
  name: "streamed-report",
  agents: [researchAgent],
  share: 22,
  async play(stage) {
    const { random } = stage;
    const topic = random.pick(TOPICS);
    await stage.run(researchAgent, { input: `Write a report on ${topic}` }, async (actor) => {
      await actor.use("web_search", { query: topic }, { returns: ["a.example", "b.example", "c.example"] });
      await actor.think({}, 2);
      await Promise.all(
        ["a.example", "b.example"].map((url) =>
          actor.tool("fetch_page", { url }, { returns: "text ".repeat(random.whole(200, 900)) }),
        ),
      );
      await actor.use("take_note", { topic, sources: 2 }, { returns: "noted" });
      if (random.next() < 0.6) {
        await actor.use("web_search", { query: `${topic} costs` }, { returns: ["d.example"] });
        await actor.use("take_note", { topic, open: "costs" }, { returns: "noted" });
        await actor.use("fetch_page", { url: "d.example" }, { returns: "text ".repeat(random.whole(200, 900)) });
      }
      await actor.answer(`${topic} has three open questions. `.repeat(random.whole(20, 60)), {
        completionTokens: random.whole(500, 900),
      });
    });
  },
};
