import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** Every second call fails, never the same twice: no storm and no cascade, but something is wrong. */
export const failureShare: Scenario = {
  name: "failure-share",
  agents: [supportBot],
  async play(stage) {
    const setting = { input: "Sort out my account", signals: { FAILURE_SHARE: "MEDIUM" } } as const;
    await stage.run(supportBot, setting, async (actor) => {
      await actor.use("lookup_order", { order: 3 }, { returns: { state: "sent" } });
      await actor.use("lookup_customer", { customer: 3 }, { fails: "timeout" });
      await actor.use("search_kb", { query: "account" }, { returns: ["article 9"] });
      await actor.use("create_ticket", { queue: "account" }, { fails: "timeout" });
      await actor.use("search_kb", { query: "hotline" }, { returns: ["article 2"] });
      await actor.answer("Please call us.");
    });
  },
};
