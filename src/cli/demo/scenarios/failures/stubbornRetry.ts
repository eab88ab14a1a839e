import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

/** The same edit fails twice in the same way: one repeat of a failed call is enough to see it. */
export const stubbornRetry: Scenario = {
  name: "stubborn-retry",
  agents: [codingAgent],
  async play(stage) {
    const setting = { input: "Rename the function", signals: { RETRY_STORM: "HIGH" } } as const;
    await stage.run(codingAgent, setting, async (actor) => {
      await actor.use("grep", { pattern: "oldName" }, { returns: ["src/a.ts:4"] });
      for (let attempt = 0; attempt < 2; attempt++) {
        await actor.use("edit_file", { path: "src/a.ts", edit: "newName" }, { fails: "The file has changed." });
      }
      await actor.answer("I could not rename it.");
    });
  },
};
