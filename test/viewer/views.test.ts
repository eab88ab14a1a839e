import { describe, expect, it } from "vitest";
import { demoLines } from "../browser/demoStore";
import { violationsOf } from "../browser/violations";
import { addressesOf } from "./addresses";
import { describeViewer } from "./viewed";

/** Views whose address needs nothing of the data, so that they can be named before there is any. */
const NAMES = [
  "overview",
  "runs",
  "slowest runs",
  "a run",
  "its steps",
  "its facts",
  "its log",
  "its attributes",
  "comparison",
  "signals",
  "signals one by one",
  "agents",
  "an agent",
  "detectors",
  "configuration",
];
/** Narrow, usual and wide, px. */
const WIDTHS = [400, 1440, 2560];

describeViewer(
  "every view of the local page",
  () => demoLines(200),
  ({ lines, visit }) => {
    describe.each(["light", "dark"] as const)("in %s", (theme) => {
      it.each(NAMES)("%s opens by its address, fits and breaks no rule", (name) =>
        visit(
          async (tab) => {
            await tab.goto(addressesOf(lines())[name] ?? "nowhere");
            await tab.settled();
            expect(await tab.page.getByTestId("state-failed").allInnerTexts()).toEqual([]);
            expect(await tab.page.locator("main h1").count()).toBe(1);
            const overflow: number[] = [];
            for (const width of WIDTHS) {
              await tab.page.setViewportSize({ width, height: 900 });
              await tab.settled();
              overflow.push(await tab.overflow);
            }
            expect(overflow).toEqual(WIDTHS.map(() => 0));
            const width = theme === "light" ? 1440 : 400;
            await tab.page.setViewportSize({ width, height: 900 });
            await tab.settled();
            expect(await violationsOf(tab.page)).toEqual([]);
            await tab.screenshot(`${name.replaceAll(" ", "-")}-${theme}-${width}`);
          },
          { theme },
        ),
      );
    });
  },
);
