import { expect, it } from "vitest";
import { BLANK } from "./driver";
import { describeHosted } from "./hosted";
import type { ShownFrame } from "./page/api";

/** What an editor says comes with its next render. */
const SOON = { timeout: 15_000, interval: 50 };

const DAY_MS = 86_400_000;
const QUERIES = [
  { queryType: "runs" },
  { queryType: "runs", sort: "slowest", limit: 5 },
  { queryType: "signals" },
  { queryType: "signals", mode: "computed" },
  { queryType: "signalRate" },
  { queryType: "agents" },
  { queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 5" } },
];

const rows = (frames: readonly ShownFrame[] = []): number => frames.reduce((sum, { length }) => sum + length, 0);

describeHosted("the datasource", ({ react, store, visit }) => {
  const range = (days = 1) => ({ from: Date.now() - days * DAY_MS, to: Date.now() });
  const aRun = (): string => /"run_id":"([^"]+)"/.exec(store().lines[0] ?? "")?.[1] ?? "";

  it.each(QUERIES)("answers %j", (query) =>
    visit(BLANK, async (tab) => {
      const responses = await tab.query({ version: 1, ...query }, range());
      const last = responses.at(-1);
      expect(last?.error).toBeUndefined();
      expect(rows(last?.frames)).toBeGreaterThan(0);
      // Grafana splits long ranges by day: the answer is the same.
      const split = await tab.query({ version: 1, ...query }, range(3));
      expect(split.at(-1)?.error).toBeUndefined();
      expect(rows(split.at(-1)?.frames)).toBeGreaterThan(0);
    }),
  );

  it.each(["table", "logs", "trace"])("gives a run as %s", (format) =>
    visit(BLANK, async (tab) => {
      const [response] = await tab.query({ version: 1, queryType: "run", runId: aRun(), format }, range());
      expect(response?.error).toBeUndefined();
      expect(rows(response?.frames)).toBeGreaterThan(0);
    }),
  );

  it("tells what Loki says when it refuses", () =>
    visit(
      BLANK,
      async (tab) => {
        await tab.page.route("**/loki/api/**", (route) => route.fulfill({ status: 429, body: "too many requests" }));
        const responses = await tab.query({ version: 1, queryType: "runs" }, range());
        expect(responses.at(-1)?.error).toMatch(/429|too many/i);
      },
      { troubles: /429/ },
    ));

  it("finds the runs of the last day when it is tested", () =>
    visit(BLANK, async (tab) => {
      expect(await tab.testDatasource()).toMatchObject({
        status: "success",
        message: expect.stringMatching(/\d+ runs/),
      });
    }));

  it("is set up in its editor", () =>
    visit("/datasource", async (tab) => {
      await tab.page.getByLabel("Rows of a list").fill("20");
      await tab.page.getByLabel("Rows of a list").blur();
      await expect.poll(() => tab.value(), SOON).toMatchObject({ lokiUid: "loki", listCap: 20 });
      await tab.screenshot(`config-editor-react${react}`);
      expect(await tab.violations(true)).toEqual([]);
    }));

  it("is asked in its editor", () =>
    visit(`/query?query=${encodeURIComponent('{"version":1,"queryType":"run","runId":"a"}')}`, async (tab) => {
      await tab.page.getByLabel("Run id").fill('x"y');
      await tab.page.getByLabel("Run id").blur();
      await expect.poll(() => tab.value(), SOON).toMatchObject({ queryType: "run", runId: 'x"y' });
      await tab.screenshot(`query-editor-react${react}`);
      expect(await tab.violations(true)).toEqual([]);
    }));
});
