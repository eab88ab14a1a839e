import { expect, it } from "vitest";
import { loopingRun, quietRun, RunWriter } from "../../src/cli/testing/runWriter";
import { describeViewer } from "./viewed";

const MINUTE_US = 60_000_000;

/** Lines of producers that record no verdicts: of an agent that stopped, and of one whose runs never end. */
function lines(): string[] {
  const before = (minutes: number): number => Date.now() * 1000 - minutes * MINUTE_US;
  return [
    loopingRun({ agent_id: "quiet-agent", run_id: "looped", start: before(90) }),
    quietRun({ agent_id: "steady-agent", run_id: "fine", start: before(3) }),
    new RunWriter({ agent_id: "stalled-agent", run_id: "stuck", start: before(10) }).llm(),
  ].flatMap((run) => run.lines);
}

describeViewer("agents that stopped and runs that hang", lines, ({ visit }) => {
  it("are told by the overview, which does not say that all is well beside a loop", () =>
    visit(async (tab) => {
      await tab.goto("");
      await tab.settled();
      await tab.page.getByRole("grid", { name: "Needs a look" }).getByText("quiet-agent").waitFor();
      expect(await tab.page.getByTestId("overview-all-well").count()).toBe(0);
      await expect.poll(() => tab.text).toMatch(/Quiet agents\s+1\s+quiet-agent/);
    }));

  it("are told by the list of agents and by the run", () =>
    visit(async (tab) => {
      await tab.goto("agents");
      const row = tab.page.getByRole("row").filter({ hasText: "stalled-agent" });
      await row.getByRole("link", { name: "1 open" }).click();
      await tab.page.getByRole("grid", { name: "Runs" }).getByText("stalled", { exact: true }).waitFor();
      await tab.page.getByRole("link", { name: "stuck" }).click();
      await tab.page.getByTestId("run-calm").getByText("sends nothing more").waitFor();
    }));
});
