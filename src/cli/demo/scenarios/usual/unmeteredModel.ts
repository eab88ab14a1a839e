import { edgeAssistant } from "../../agents/edgeAssistant";
import type { Scenario } from "../../scenario";

/** The model server counts no tokens: they are unknown, not 0. */
export const unmeteredModel: Scenario = {
  name: "unmetered-model",
  agents: [edgeAssistant],
  share: 6,
  async play(stage) {
    const { random } = stage;
    await stage.run(edgeAssistant, { input: "Is it too dry in here?" }, async (actor) => {
      const row = random.whole(1, 12);
      await actor.use("read_sensor", { row }, { returns: { humidity: random.whole(30, 60) } });
      await actor.use("set_valve", { row, open: true });
      await actor.answer(`I watered row ${row}.`);
    });
  },
};
