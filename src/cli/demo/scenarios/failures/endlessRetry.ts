import { researchAgent } from "../../agents/researchAgent";
import type { Scenario } from "../../scenario";

/** Eight times the same failing call: beyond doubt, so both its signals become CRITICAL. */
export const endlessRetry: Scenario = {
  name: "endless-retry",
  agents: [researchAgent],
  async play(stage) {
    const signals = { RETRY_STORM: "CRITICAL", TOOL_LOOP: "CRITICAL", FAILURE_SHARE: "MEDIUM" } as const;
    await stage.run(researchAgent, { input: "Read the register", signals }, async (actor) => {
      await actor.use("web_search", { query: "register" }, { returns: ["register.example"] });
      for (let attempt = 0; attempt < 8; attempt++) {
        await actor.use("fetch_page", { url: "register.example" }, { fails: "403 Forbidden" });
      }
      await actor.answer("I may not read it.");
    });
  },
};
