import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listRuns, type RunsPage, type RunsRequest } from "./listRuns";
import { runOf, seconds, stored } from "./testLines";
import { type StoredLine, TestLoki } from "./testLoki";

const NOW = 10_000;
const day: RunsRequest = { start: seconds(0), end: seconds(NOW), now: seconds(NOW) };

async function pagesOf(loki: TestLoki, request: RunsRequest): Promise<RunsPage[]> {
  const pages: RunsPage[] = [];
  let page = await listRuns(loki, request);
  pages.push(page);
  while (page.cursor !== undefined) {
    page = await listRuns(loki, { ...request, cursor: page.cursor });
    pages.push(page);
    if (pages.length > 200) throw new Error("the cursor does not get on");
  }
  return pages;
}

const ids = (pages: readonly RunsPage[]) => pages.flatMap(({ runs }) => runs.map(({ run_id }) => run_id));

describe("listRuns", () => {
  it("lists every run once over any pages, open ones by their start", async () => {
    const run = fc.record({
      from: fc.integer({ min: 0, max: 40 }),
      length: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      startLost: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), async (specs, limit) => {
        const lines = specs.flatMap(({ from, length, startLost }, n) => {
          const both = runOf(`run-${n}`, from, length === undefined ? undefined : from + length);
          return startLost && both.length === 2 ? both.slice(1) : both;
        });
        const pages = await pagesOf(new TestLoki(lines), { ...day, limit });
        expect(ids(pages).sort()).toEqual(specs.map((_spec, n) => `run-${n}`).sort());
        const runs = pages.flatMap((page) => page.runs);
        for (const [n, { length }] of specs.entries()) {
          const found = runs.find(({ run_id }) => run_id === `run-${n}`);
          expect(found?.status).toBe(length === undefined ? "stalled" : "completed");
        }
        const places = runs.map(({ at }) => at);
        expect(places).toEqual([...places].sort((a, b) => (a < b ? 1 : -1)));
        for (const page of pages.slice(0, -1)) expect(page.runs).toHaveLength(limit);
      }),
    );
  });

  it("takes one query for a page of finished runs", async () => {
    const loki = new TestLoki(Array.from({ length: 500 }, (_, n) => runOf(`r${n}`, n, n + 10)).flat());
    const page = await listRuns(loki, { ...day, limit: 100 });
    expect(page.runs).toHaveLength(100);
    expect(page.more).toBe(true);
    expect(loki.queries).toHaveLength(1);
    expect(page.runs.every(({ model }) => model === "m")).toBe(true);
  });

  it("takes three queries for 10,000 finished runs at once", async () => {
    const loki = new TestLoki(Array.from({ length: 10_000 }, (_, n) => runOf(`r${n}`, n / 10, n / 10 + 5)).flat());
    const { runs, more } = await listRuns(loki, { ...day, limit: 20_000, statuses: ["completed", "errored"] });
    expect([runs.length, more, loki.queries.length]).toEqual([10_000, false, 3]);
  });

  it("tells running runs from stalled ones", async () => {
    const loki = new TestLoki([
      ...runOf("old", 100, undefined),
      ...runOf("long", 200, undefined),
      stored("tool.called", { run_id: "long", at: NOW - 30, seq: 5, payload: { tool_name: "t" } }),
      ...runOf("fresh", NOW - 5, undefined),
    ]);
    const { runs } = await listRuns(loki, day);
    expect(runs.map(({ run_id, status }) => [run_id, status])).toEqual([
      ["fresh", "running"],
      ["long", "running"],
      ["old", "stalled"],
    ]);
    const stalled = await listRuns(loki, { ...day, statuses: ["stalled"] });
    expect(stalled.runs.map(({ run_id }) => run_id)).toEqual(["old"]);
    const short = await listRuns(loki, { ...day, stallAfterMs: 10_000 });
    expect(short.runs.map(({ status }) => status)).toEqual(["running", "stalled", "stalled"]);
  });

  it("leaves runs that ended after the time asked for to that time", async () => {
    const loki = new TestLoki([
      ...runOf("later", 90, 150),
      ...runOf("inside", 50, 80),
      ...runOf("open", 60, undefined),
    ]);
    const { runs } = await listRuns(loki, { ...day, end: seconds(100) });
    expect(runs.map(({ run_id, status }) => [run_id, status])).toEqual([
      ["inside", "completed"],
      ["open", "stalled"],
    ]);
  });

  it("finds a run by a text that only its start holds", async () => {
    const loki = new TestLoki([
      stored("run.started", { run_id: "a", at: 10, seq: 0, payload: { model: "gpt-9" } }),
      ...runOf("a", 10, 20).slice(1),
      ...runOf("other", 12, 22),
      stored("run.started", { run_id: "b", at: 30, seq: 0, payload: { model: "gpt-9" } }),
    ]);
    const { runs } = await listRuns(loki, { ...day, filter: { text: "GPT-9" } });
    expect(runs.map(({ run_id, status }) => [run_id, status])).toEqual([
      ["b", "stalled"],
      ["a", "completed"],
    ]);
  });

  it("filters by what the terminal line records, without open runs", async () => {
    const signals = { TOOL_LOOP: { severity: "HIGH", confidence: 0.9, shadow: false, base_severity: "HIGH" } };
    const loki = new TestLoki([
      ...runOf("loop", 10, 20, { payload: { signals } }),
      ...runOf("clean", 30, 40, { payload: { signals: {} } }),
      ...runOf("open", 50, undefined),
    ]);
    const { runs } = await listRuns(loki, { ...day, filter: { min_severity: "HIGH" } });
    expect(runs.map(({ run_id }) => run_id)).toEqual(["loop"]);
    expect(runs[0]?.signals).toEqual([{ failure_type: "TOOL_LOOP", ...signals.TOOL_LOOP }]);
    const errored = await listRuns(loki, { ...day, statuses: ["errored"] });
    expect(errored.runs).toEqual([]);
  });

  it("sums a run up from its terminal line alone", async () => {
    const facts = { steps: 7, duration_ms: 1500, total_tokens: 12, cost_usd: 0.5, unpriced_llm_calls: 1 };
    const [, end] = runOf("r", 10, 12, {
      agent_version: "v1",
      session_id: "s",
      tags: { environment: "eu" },
      payload: { facts, facts_v: 1, signals: {} },
    });
    const { runs } = await listRuns(new TestLoki(end === undefined ? [] : [end]), day);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      run_id: "r",
      agent_version: "v1",
      session_id: "s",
      steps: 7,
      duration_ms: 1500,
      facts,
      signals: [],
    });
    expect(runs[0]?.started_at).toBe(Number(seconds(10.5) / 1000n));
    expect(runs[0]?.model).toBeUndefined();
  });

  it("takes the later of two terminal lines", async () => {
    const [start, end] = runOf("r", 10, 20);
    const failed = stored("run.errored", { run_id: "r", at: 20.000001, seq: 10, payload: { exit_reason: "error" } });
    const lines = [start, end, failed].filter((line): line is StoredLine => line !== undefined);
    const { runs } = await listRuns(new TestLoki(lines), day);
    expect(runs.map(({ status, exit_reason }) => [status, exit_reason])).toEqual([["errored", "error"]]);
  });
});
