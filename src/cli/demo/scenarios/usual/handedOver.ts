import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** The bot finds out that a person is needed and hands over. */
export const handedOver: Scenario = {
  name: "handed-over",
  agents: [supportBot],
  share: 7,
  async play(stage) {
    const { random } = stage;
    await stage.run(supportBot, { input: "Your driver hit my car", session: `web-${random.hex(6)}` }, async (actor) => {
      await actor.use("search_kb", { query: "accident with a delivery van" }, { returns: ["Claims go to a person."] });
      await actor.use("create_ticket", { queue: "claims" }, { returns: { ticket: random.whole(100, 999) } });
      await actor.say("A colleague will call you within the hour.");
      actor.handOff();
    });
  },
};
