import { supportBot } from "../../agents/supportBot";
import type { Scenario } from "../../scenario";

/** A rate limit on the way: a tool fails once, the retry works. */
export const rateLimited: Scenario = {
  name: "rate-limited",
  agents: [supportBot],
  share: 6,
  async play(stage) {
    const { random } = stage;
    await stage.run(
      supportBot,
      { input: "Is the red one in stock?", session: `web-${random.hex(6)}` },
      async (actor) => {
        await actor.use("search_kb", { query: "red one" }, { returns: ["article 12"] });
        actor.notice("rate_limit", "stock-service", { retry_after_ms: 400 });
        await actor.use("lookup_order", { article: 12 }, { fails: "429 Too Many Requests" });
        await actor.use("lookup_order", { article: 12 }, { returns: { stock: random.whole(1, 9) } });
        await actor.answer("Yes, it is.");
      },
    );
  },
};
