import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

const QUESTIONS = ["Where is my order?", "Can I change the address?", "When will the blue one be back?"];

/** A customer's question: two things are looked up, then it is answered. */
export const answeredQuestion: Scenario = {
  name: "answered-question",
  agents: [supportBot],
  share: 40,
  async play(stage) {
    const { random } = stage;
    await stage.run(supportBot, { input: random.pick(QUESTIONS), session: `web-${random.hex(6)}` }, async (actor) => {
      const order = random.whole(1000, 9999);
      await actor.use("lookup_order", { order }, { returns: { order, state: "sent" } });
      await actor.use("search_kb", { query: `order ${order} delivery` }, { returns: ["2 to 4 days"] });
      if (random.next() < 0.3) await actor.use("lookup_customer", { order }, { returns: { city: "Lyon" } });
      await actor.answer("It was sent yesterday and takes two to four days.");
    });
  },
};
