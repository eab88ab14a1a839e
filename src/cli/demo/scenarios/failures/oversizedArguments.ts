import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

/** A whole file as one argument, where a few lines would do. */
export const oversizedArguments: Scenario = {
  name: "oversized-tool-arguments",
  agents: [codingAgent],
  async play(stage) {
    const setting = { input: "Add a line", signals: { OVERSIZED_TOOL_ARGUMENTS: "MEDIUM" } } as const;
    await stage.run(codingAgent, setting, async (actor) => {
      await actor.use("read_file", { path: "src/all.ts" }, { returns: "code ".repeat(3000) });
      await actor.use("edit_file", { path: "src/all.ts", edit: "code ".repeat(3000) });
      await actor.answer("The line is there.");
    });
  },
};
