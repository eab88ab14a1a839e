import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

/** No call is slow by itself, but all of them are slowish: the run takes more than twice its usual time. */
export const sessionLatency: Scenario = {
  name: "session-latency",
  agents: [codingAgent],
  async play(stage) {
    const setting = { input: "Upgrade the framework", signals: { SESSION_LATENCY: "MEDIUM" } } as const;
    await stage.run(codingAgent, setting, async (actor) => {
      for (const version of [5, 6, 7]) {
        await actor.think({ ms: 12_500 });
        await actor.tool("grep", { pattern: `framework ${version}` }, { returns: [`package.json:${version}`] });
        await actor.think({ ms: 12_500 });
        await actor.tool("edit_file", { path: "package.json", edit: `framework ${version + 1}` });
        await actor.think({ ms: 12_500 });
        await actor.tool("run_tests", { path: `test/${version}` }, { ms: 28_000, returns: "214 passed" });
      }
      await actor.answer("It is on version 8.", { ms: 12_500 });
    });
  },
};
