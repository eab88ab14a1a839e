import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

/** The process is killed while the tests run: the run never ends, and is shown as stalled. */
export const killedProcess: Scenario = {
  name: "killed-process",
  agents: [codingAgent],
  share: 3,
  async play(stage) {
    const expected = { status: "stalled", no_data: ["CONTEXT_BLOAT"] } as const;
    await stage.run(codingAgent, { input: "Make the build faster", ...expected }, async (actor) => {
      await actor.use("read_file", { path: "package.json" }, { returns: "code ".repeat(80) });
      await actor.think();
      await actor.callWithoutAnswer("run_tests", { path: "test" });
    });
  },
};
