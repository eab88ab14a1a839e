import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { demoLines } from "../browser/demoStore";
import { loopingRunOf } from "./addresses";
import { describeViewer } from "./viewed";

const focused = (page: Page) => page.locator(":focus");
const nameOfFocus = (page: Page): Promise<string> =>
  page.evaluate<string>("(document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '').trim()");
const scheme = (page: Page): Promise<string> => page.evaluate<string>("document.documentElement.style.colorScheme");
const stepOf = (address: string): string | null => new URLSearchParams(address.split("?")[1] ?? "").get("step");

describeViewer(
  "the local page by keyboard",
  () => demoLines(120),
  ({ lines, visit }) => {
    it("begins with a way past the navigation", () =>
      visit(async (tab) => {
        await tab.goto("runs");
        await tab.settled();
        const { keyboard } = tab.page;
        await keyboard.press("Tab");
        expect(await nameOfFocus(tab.page)).toBe("Skip to content");
        const names: string[] = [];
        for (let at = 0; at < 7; at++) {
          await keyboard.press("Tab");
          names.push(await nameOfFocus(tab.page));
        }
        expect(names).toEqual(["Dunetrace", "Overview", "Runs", "Signals", "Agents", "Detectors", "Configuration"]);
        await tab.page.getByRole("button", { name: "Skip to content" }).focus();
        await keyboard.press("Enter");
        expect(await focused(tab.page).getAttribute("id")).toBe("content");
        expect(tab.address).toBe("runs");
      }));

    it("changes the theme, and keeps it", () =>
      visit(
        async (tab) => {
          await tab.goto("?theme=dark");
          await tab.settled();
          expect(await scheme(tab.page)).toBe("dark");
          await tab.page.getByRole("radio", { name: "Dark" }).focus();
          await tab.page.keyboard.press("ArrowLeft");
          await expect.poll(() => scheme(tab.page)).toBe("light");
          await tab.page.reload();
          await tab.settled();
          expect(await scheme(tab.page)).toBe("light");
        },
        { theme: "dark" },
      ));

    it.each(["runs", "signals"])("finds in the lines of %s after /", (address) =>
      visit(async (tab) => {
        await tab.goto(address);
        await tab.settled();
        const { keyboard } = tab.page;
        await keyboard.press("/");
        await expect.poll(() => focused(tab.page).getAttribute("placeholder")).toBe("Search the lines");
        await keyboard.type("a/b");
        await keyboard.press("Enter");
        await expect.poll(() => new URLSearchParams(tab.address.split("?")[1]).get("q")).toBe("a/b");
      }),
    );

    it("moves through a table, ticks and opens", () =>
      visit(async (tab) => {
        await tab.goto("runs?refresh=off");
        await tab.settled();
        const { keyboard } = tab.page;
        const index = () => focused(tab.page).getAttribute("data-index");
        const first = tab.page.getByRole("grid", { name: "Runs" }).locator('[data-index="0"]');
        await first.focus();
        await keyboard.press("ArrowDown");
        await keyboard.press("ArrowDown");
        await expect.poll(index).toBe("2");
        await keyboard.press("ArrowUp");
        await expect.poll(index).toBe("1");
        await keyboard.press("End");
        await expect.poll(index).toBe("99");
        await keyboard.press("Home");
        await expect.poll(index).toBe("0");
        await keyboard.press("Space");
        await keyboard.press("ArrowDown");
        await expect.poll(index).toBe("1");
        await keyboard.press("Space");
        await tab.page.getByRole("region", { name: "Ticked runs" }).getByText("Compare the two").waitFor();
        await keyboard.press("Enter");
        await expect.poll(() => tab.address).toMatch(/^runs\/./);
        await tab.page.getByTestId("timeline").waitFor();
      }));

    it("moves through a run: steps, find, card, tabs", () =>
      visit(async (tab) => {
        await tab.goto(`runs/${encodeURIComponent(loopingRunOf(lines()).run_id)}`);
        await tab.page.getByTestId("timeline").waitFor();
        const { keyboard } = tab.page;
        await tab.page.getByTestId("timeline-list").focus();
        await keyboard.press("Home");
        await expect.poll(() => stepOf(tab.address)).toBe("1");
        await keyboard.press("ArrowDown");
        await expect.poll(() => stepOf(tab.address)).toBe("2");
        await keyboard.press("ArrowRight");
        await expect.poll(() => stepOf(tab.address)).toBe("3");
        await keyboard.press("ArrowUp");
        await expect.poll(() => stepOf(tab.address)).toBe("2");
        await keyboard.press("Enter");
        await tab.page.getByTestId("timeline-card").waitFor();
        await keyboard.press("Escape");
        await expect.poll(() => tab.page.getByTestId("timeline-card").count()).toBe(0);
        await keyboard.press("/");
        await expect.poll(() => nameOfFocus(tab.page)).toMatch(/^Find a step/);
        await keyboard.type("web");
        await keyboard.press("Escape");
        const timelineTab = tab.page.getByRole("tab", { name: "Timeline" });
        await timelineTab.focus();
        await keyboard.press("ArrowRight");
        await expect.poll(() => nameOfFocus(tab.page)).toBe("Steps");
        await keyboard.press("Enter");
        await expect.poll(() => tab.address).toContain("tab=steps");
        await tab.page.getByRole("tabpanel", { name: "Steps" }).waitFor();
        await tab.page.locator("main").focus();
        await keyboard.press("/");
        await expect.poll(() => nameOfFocus(tab.page)).toBe("Find in Steps");
      }));
  },
);
