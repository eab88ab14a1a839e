import { edgeAssistant } from "../../agents/edgeAssistant";
import type { Scenario } from "../../scenario";

/** A policy allows three tool calls: the fourth never runs, and the run ends there. */
export const stoppedByPolicy: Scenario = {
  name: "stopped-by-policy",
  agents: [edgeAssistant],
  share: 3,
  async play(stage) {
    await stage.run(edgeAssistant, { input: "Water everything", status: "errored" }, async (actor) => {
      for (const row of [1, 2, 3]) {
        await actor.use("read_sensor", { row }, { returns: { humidity: stage.random.whole(30, 60) } });
        await actor.use("set_valve", { row, open: true });
      }
      await actor.answer("Everything is watered.");
    });
  },
};
