import { codingAgent } from "../../agents/codingAgent";
import type { Scenario } from "../../scenario";

/** Finds a bug and mends it; the tests fail once on the way, as they do. */
export const fixedBug: Scenario = {
  name: "fixed-bug",
  agents: [codingAgent],
  share: 18,
  async play(stage) {
    const { random } = stage;
    const file = random.pick(["src/cart.ts", "src/tax.ts", "src/parse.ts"]);
    await stage.run(codingAgent, { input: `Totals in ${file} are off by one cent` }, async (actor) => {
      await actor.use("grep", { pattern: "round\\(" }, { returns: [`${file}:${random.whole(10, 200)}`] });
      await actor.use("read_file", { path: file }, { returns: "code ".repeat(random.whole(100, 400)) });
      await actor.use("edit_file", { path: file, edit: "round half up" });
      await actor.use("run_tests", { path: "test" }, { ms: random.about(12_000), fails: "1 of 214 tests failed" });
      await actor.use("edit_file", { path: file, edit: "round once, at the end" });
      await actor.use("run_tests", { path: "test" }, { ms: random.about(12_000), returns: "214 passed" });
      await actor.answer("Amounts are rounded once now.");
    });
  },
};
