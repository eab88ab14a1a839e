import { expect, it } from "vitest";
import { demoLines } from "../browser/demoStore";
import { describeViewer } from "./viewed";

describeViewer(
  "the first minutes with the local page",
  () => demoLines(200),
  ({ visit }) => {
    it("lead from the overview to a looping run, its loop outlined, what, why and fix beside it", () =>
      visit(async (tab) => {
        await tab.goto("");
        await tab.settled();
        const { page } = tab;
        expect(await tab.text).toMatch(/CRITICAL|HIGH/);
        const list = page.getByRole("grid", { name: "Needs a look" });
        const row = list.getByRole("row").filter({ has: page.locator('a[href*="signal=TOOL_LOOP"]') });
        await tab.screenshot("readme-1-overview");
        await row.first().click();

        await page.getByTestId("timeline").waitFor();
        expect(tab.address).toMatch(/^runs\/[^?]+\?/);
        expect(new URLSearchParams(tab.address.split("?")[1]).get("signal")).toBe("TOOL_LOOP");
        const chart = page.getByTestId("timeline-chart");
        await chart.locator("rect[stroke-dasharray]").first().waitFor();
        await chart
          .getByText(/loop ×\d+/)
          .first()
          .waitFor();
        for (const part of ["What", "Why it matters", "What to do"]) {
          await page.getByRole("heading", { name: part, exact: true }).first().waitFor();
        }
        // The step the signal is about is the one that is selected.
        const selected = page.getByTestId("timeline-list").getByRole("option", { selected: true });
        await selected.waitFor();
        await tab.screenshot("readme-2-run");
      }));

    it("go back and on by the history of the browser", () =>
      visit(async (tab) => {
        await tab.goto("");
        await tab.settled();
        await tab.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Runs" }).click();
        await tab.page.getByRole("grid", { name: "Runs" }).waitFor();
        await tab.page.goBack();
        await tab.page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
        await tab.page.goForward();
        await tab.page.getByRole("grid", { name: "Runs" }).waitFor();
      }));
  },
);
