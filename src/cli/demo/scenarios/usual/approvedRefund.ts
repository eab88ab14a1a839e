import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Money back needs a person's approval: minutes of waiting that are nobody's fault. */
export const approvedRefund: Scenario = {
  name: "approved-refund",
  agents: [supportBot],
  share: 8,
  async play(stage) {
    const { random } = stage;
    await stage.run(supportBot, { input: "I want my money back", session: `web-${random.hex(6)}` }, async (actor) => {
      const order = random.whole(1000, 9999);
      await actor.use("lookup_order", { order }, { returns: { order, total: 49 } });
      await actor.use("ask_approval", { order, amount: 49 }, { ms: random.about(240_000), returns: "approved" });
      await actor.use("refund_order", { order, amount: 49 }, { returns: { refund: random.hex(8) } });
      await actor.answer("You get your money back within three days.");
    });
  },
};
