import { expect, it } from "vitest";
import { bigRun } from "../../bench/timeline/bigRun.mjs";
import { RunWriter } from "../../src/cli/testing/runWriter";
import { describeViewer } from "./viewed";

const RUNS = 10_000;
const MOST_ROWS = 200;

function manyRuns(): string[] {
  const now = Date.now() * 1000;
  return Array.from({ length: RUNS }, (_, at) => {
    const start = now - (at + 1) * 8_000_000;
    return new RunWriter({ agent_id: `agent-${at % 7}`, run_id: `run-${at}`, start }).completed().lines;
  }).flat();
}

describeViewer("10,000 runs", manyRuns, ({ visit }) => {
  it("are listed with as many rows as fit, further ones on request", () =>
    visit(async (tab) => {
      await tab.goto("runs?refresh=off");
      await tab.settled();
      const rows = tab.page.getByRole("grid", { name: "Runs" }).locator("tbody tr");
      const first = await rows.first().innerText();
      expect(await rows.count()).toBeLessThan(MOST_ROWS);
      await rows.first().focus();
      await tab.page.keyboard.press("End");
      await expect.poll(() => tab.page.locator(":focus").getAttribute("data-index")).toBe("99");
      expect(await tab.page.locator(":focus").innerText()).not.toBe(first);
      expect(await rows.count()).toBeLessThan(MOST_ROWS);
      expect(await tab.text).toMatch(/10,000|10\.0k|10k/);
    }));
});

describeViewer(
  "a run of 10,000 steps",
  () => bigRun(10_000),
  ({ visit }) => {
    it("is drawn with as many rows as fit, and scrolls", () =>
      visit(async (tab) => {
        await tab.goto(`runs/big-run?at=${Date.UTC(2026, 10, 20, 10)}`);
        const list = tab.page.getByTestId("timeline-list");
        await list.waitFor();
        const options = list.getByRole("option");
        expect(await options.count()).toBeLessThan(MOST_ROWS);
        await list.focus();
        await tab.page.keyboard.press("End");
        await list.getByRole("option", { selected: true }).getByText("10000").first().waitFor();
        expect(await options.count()).toBeLessThan(MOST_ROWS);
        for (const name of ["Steps", "Event log"]) {
          await tab.page.getByRole("tab", { name }).click();
          await tab.page.getByRole("tabpanel", { name }).waitFor();
          expect(
            await tab.page.getByRole("tabpanel").locator("tr, [role=row], [role=option], li").count(),
          ).toBeLessThan(MOST_ROWS);
        }
      }));
  },
);
