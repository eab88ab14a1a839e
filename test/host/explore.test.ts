import { expect, it } from "vitest";
import { BLANK, type HostTab } from "./driver";
import { describeHosted } from "./hosted";

const DAY_MS = 86_400_000;
const LIVE = { options: { instances: { dunetrace: { lokiUid: "loki", pollMs: 500 } } } };

async function hide(tab: HostTab, hidden: boolean): Promise<void> {
  await tab.page.evaluate((isHidden) => {
    Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
    Object.defineProperty(document, "visibilityState", {
      value: isHidden ? "hidden" : "visible",
      configurable: true,
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

/** Requests to Loki within a time. */
async function asked(tab: HostTab, ms: number): Promise<number> {
  let count = 0;
  const counted = (request: { url(): string }): void => {
    if (request.url().includes("/loki/")) count++;
  };
  tab.page.on("request", counted);
  await tab.page.waitForTimeout(ms);
  tab.page.off("request", counted);
  return count;
}

describeHosted("Explore", ({ store, visit }) => {
  const range = () => ({ from: Date.now() - DAY_MS, to: Date.now() });
  const aRun = (): string => /"run_id":"([^"]+)"/.exec(store().lines[0] ?? "")?.[1] ?? "";

  it("gets a table, lines and a trace, each marked for its view", () =>
    visit(BLANK, async (tab) => {
      const marks = [];
      for (const format of ["table", "logs", "trace"]) {
        const [response] = await tab.query({ version: 1, queryType: "run", runId: aRun(), format }, range());
        const meta: unknown = response?.frames[0]?.meta;
        const mark =
          typeof meta === "object" && meta !== null && "preferredVisualisationType" in meta
            ? meta.preferredVisualisationType
            : undefined;
        marks.push(mark);
      }
      expect(marks).toEqual(["table", "logs", "trace"]);
    }));

  it("is answered live, and nothing is asked while the tab is hidden", () =>
    visit(
      BLANK,
      async (tab) => {
        await tab.page.evaluate((given) => window.host?.live({ version: 1, queryType: "runs" }, given), range());
        expect(await asked(tab, 2500)).toBeGreaterThan(1);
        await hide(tab, true);
        await tab.page.waitForTimeout(700);
        expect(await asked(tab, 1500)).toBe(0);
        await hide(tab, false);
        expect(await asked(tab, 1500)).toBeGreaterThan(0);
        expect(await tab.page.evaluate(() => window.host?.stopLive())).toBeGreaterThan(2);
        await tab.page.waitForTimeout(300);
        expect(await asked(tab, 1200)).toBe(0);
      },
      LIVE,
    ));
});
