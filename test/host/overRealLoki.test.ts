import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser, openBrowser } from "../browser/chromium";
import { demoLines } from "../browser/demoStore";
import { describeReal, push, startLoki } from "../real";
import { BLANK, HostTab } from "./driver";
import { GENERATIONS } from "./generations";
import { type HostServer, serveHost } from "./server";

const DAY_MS = 86_400_000;
const QUERIES = [
  { queryType: "runs" },
  { queryType: "signals" },
  { queryType: "signals", mode: "computed" },
  { queryType: "signalRate" },
  { queryType: "agents" },
  { queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 5" } },
];

/** For hours of lines at once: by default Loki looks for lines older than three hours on disk alone. */
const PAST = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

const [BUNDLE] = GENERATIONS;

describeInBrowser("the plugins", () => {
  describeReal("over a real Loki", ["loki"], () => {
    let browser: Browser;
    let context: BrowserContext;
    let server: HostServer;
    let tab: HostTab;
    beforeAll(async () => {
      const loki = await startLoki({ bulk: true, config: PAST });
      await push(loki.url, (await demoLines(100)).toSorted());
      server = await serveHost(BUNDLE?.bundle ?? "", loki.url);
      browser = await openBrowser();
      context = await browser.newContext();
      tab = await HostTab.open(context, server.url);
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    it.each(QUERIES)("answer %j", async (query) => {
      await tab.show(BLANK);
      const to = Date.now();
      const responses = await tab.query({ version: 1, ...query }, { from: to - DAY_MS, to });
      const last = responses.at(-1);
      expect(last?.error).toBeUndefined();
      expect(last?.frames.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(0);
    });

    it.each(["", "/runs", "/signals", "/agents", "/detectors"])("show the page %s", async (page) => {
      await tab.show(`/a/dunetrace-agents-app${page}?from=now-24h&to=now`);
      await tab.settled();
      expect(await tab.page.getByTestId("state-failed").allTextContents()).toEqual([]);
      expect(await tab.page.locator("main h1").count()).toBe(1);
      expect(tab.troubles).toEqual([]);
    });
  });
});
