import { expect, it } from "vitest";
import { describeHosted } from "./hosted";

const APP = "/a/dunetrace-agents-app";

describeHosted("the app by keyboard", ({ store, visit }) => {
  const looping = (): string => {
    const line = store().lines.find((one) => one.includes('"signal.detected"') && one.includes("TOOL_LOOP"));
    return /"run_id":"([^"]+)"/.exec(line ?? "")?.[1] ?? "";
  };

  it("leads from the list to a run and back", () =>
    visit(`${APP}/runs?from=now-24h&to=now`, async (tab) => {
      const { page } = tab;
      const index = () => page.evaluate(() => document.activeElement?.getAttribute("data-index"));
      const first = page.getByRole("grid", { name: "Runs" }).locator('[data-index="0"]');
      await first.waitFor();
      // The tab key reaches the table, the arrows its rows.
      for (let stops = 0; stops < 60 && (await index()) !== "0"; stops++) await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await expect.poll(index).toBe("1");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/runs\/[^?]+/);
      await page.getByTestId("timeline").waitFor();
      await page.goBack();
      await first.waitFor();
    }));

  it("walks through the steps of a run, opens one and closes it", () =>
    visit(`${APP}/runs/${looping()}`, async (tab) => {
      const { page } = tab;
      await page.getByTestId("timeline-list").focus();
      await page.keyboard.press("Home");
      await expect.poll(() => tab.address).toContain("step=1");
      await page.keyboard.press("ArrowDown");
      await expect.poll(() => tab.address).toContain("step=2");
      await page.keyboard.press("Enter");
      await page.getByTestId("timeline-card").waitFor();
      await page.keyboard.press("Escape");
      await expect.poll(() => page.getByTestId("timeline-card").count()).toBe(0);
      await page.keyboard.press("/");
      await page.keyboard.type("web");
      const field = page.getByRole("textbox", { name: "Find a step by name, kind, error or hash" });
      await expect.poll(() => field.inputValue()).toBe("web");
    }));
});
