import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunStatus } from "../run/run";
import { BASELINE_FACTS } from "./baseline";
import { type BaselineRun, computeBaselines } from "./computeBaselines";
import { parseBaselines } from "./parseBaselines";
import { percentile } from "./percentile";

const DAY = 86_400_000_000;
const NOW = Date.parse("2026-11-20T10:00:00Z") * 1000;

const run = (facts: BaselineRun["facts"], other: Partial<BaselineRun> = {}): BaselineRun => ({
  agent_id: "support-bot",
  agent_version: "59c22128",
  status: "completed",
  ended_at: NOW - 1000,
  facts,
  ...other,
});
const runs = (count: number, other: Partial<BaselineRun> = {}): BaselineRun[] =>
  Array.from({ length: count }, (_, at) => run({ steps: at + 1 }, other));

describe("percentile", () => {
  it.each([
    [[5], 5],
    [[1, 2], 1.75],
    [[1, 2, 3], 2.5],
    [[1, 2, 3, 4], 3.25],
    [[1, 2, 3, 4, 5], 4],
    [[0, 0, 0, 100], 25],
  ])("of %j is %d", (values, p75) => {
    expect(percentile(values, 0.75)).toBe(p75);
  });

  it("is NaN without values", () => {
    expect(percentile([], 0.75)).toBeNaN();
  });

  it("lies between the smallest and the largest and has three quarters of the values at or below it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const p75 = percentile(sorted, 0.75);
        const below = sorted.filter((value) => value <= p75).length;
        expect(below).toBeGreaterThanOrEqual(Math.floor((sorted.length - 1) * 0.75) + 1);
        expect(p75).toBeGreaterThanOrEqual(sorted[0] ?? 0);
        expect(p75).toBeLessThanOrEqual(sorted.at(-1) ?? 0);
      }),
    );
  });
});

describe("computeBaselines", () => {
  it("writes the file", () => {
    expect(JSON.stringify(computeBaselines(runs(20), { now: NOW }))).toBe(
      JSON.stringify({
        schema: 1,
        generated_at: "2026-11-20T10:00:00.000000Z",
        window_days: 7,
        agents: {
          "support-bot": { "*": { runs: 20, p75: { steps: 15.25 } }, "59c22128": { runs: 20, p75: { steps: 15.25 } } },
        },
      }),
    );
  });

  it("needs 20 runs of a version, else those of the agent", () => {
    const both = [...runs(19), ...runs(1, { agent_version: "00000000" })];
    expect(computeBaselines(both, { now: NOW }).agents).toEqual({
      "support-bot": { "*": { runs: 20, p75: { steps: 14.25 } } },
    });
    expect(computeBaselines(runs(19), { now: NOW }).agents).toEqual({});
    expect(computeBaselines(runs(5), { now: NOW, minRuns: 5 }).agents["support-bot"]?.["*"]?.runs).toBe(5);
    expect(computeBaselines([], { now: NOW, minRuns: 0 }).agents).toEqual({});
  });

  it("counts the runs of each fact by themselves", () => {
    const facts = Array.from({ length: 30 }, (_, at) =>
      run({ steps: at, ...(at < 20 ? { total_tokens: 100 } : {}), ...(at < 19 ? { context_growth: 1.5 } : {}) }),
    );
    const entry = computeBaselines(facts, { now: NOW }).agents["support-bot"]?.["*"];
    expect(entry).toEqual({ runs: 30, p75: { steps: 21.75, total_tokens: 100 } });
  });

  it("takes completed runs of the window only", () => {
    const others: readonly Partial<BaselineRun>[] = [
      { ended_at: NOW - 7 * DAY - 1 },
      { ended_at: NOW + 1 },
      { ended_at: Number.NaN },
      ...(["errored", "stalled", "running"] satisfies RunStatus[]).map((status) => ({ status })),
    ];
    const inside = [...runs(10, { ended_at: NOW }), ...runs(10, { ended_at: NOW - 7 * DAY })];
    const outside = others.flatMap((other) => runs(50, other));
    const entry = computeBaselines([...outside, ...inside], { now: NOW }).agents["support-bot"]?.["*"];
    expect(entry).toEqual({ runs: 20, p75: { steps: 8 } });
    expect(computeBaselines(runs(20, { ended_at: NOW - 2 * DAY }), { now: NOW, windowDays: 1 }).agents).toEqual({});
  });

  it("covers every fact that has a baseline, and passes over values that are none", () => {
    const facts = Object.fromEntries(BASELINE_FACTS.map((fact) => [fact, 3]));
    const broken = run({ steps: Number.NaN, total_tokens: Number.POSITIVE_INFINITY });
    const all = [...Array.from({ length: 20 }, () => run(facts)), broken];
    expect(computeBaselines(all, { now: NOW }).agents["support-bot"]?.["*"]).toEqual({ runs: 21, p75: facts });
  });

  it("has no float noise", () => {
    // 1.1 + (1.3 - 1.1) * 0.25 is 1.1500000000000001 in binary fractions.
    const values = [...Array<number>(14).fill(1), 1.1, ...Array<number>(5).fill(1.3)];
    const growth = values.map((context_growth) => run({ context_growth }));
    expect(1.1 + (1.3 - 1.1) * 0.25).not.toBe(1.15);
    expect(computeBaselines(growth, { now: NOW }).agents["support-bot"]?.["*"]?.p75.context_growth).toBe(1.15);
  });

  it("takes a version named * and an unknown version for the agent alone", () => {
    const mixed = [...runs(10, { agent_version: "*" }), ...runs(10, { agent_version: undefined })];
    expect(computeBaselines(mixed, { now: NOW }).agents).toEqual({
      "support-bot": { "*": { runs: 20, p75: { steps: 8 } } },
    });
  });

  it("does not depend on the order of the runs", () => {
    const some = fc.array(
      fc.record({
        agent_id: fc.constantFrom("b", "a", "__proto__", "10", "9"),
        agent_version: fc.constantFrom("v2", "v1", "constructor", undefined),
        status: fc.constantFrom<RunStatus>("completed", "errored"),
        ended_at: fc.constantFrom(NOW, NOW - DAY, NOW - 8 * DAY),
        facts: fc.record({ steps: fc.nat(50), active_ms: fc.nat() }, { requiredKeys: [] }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(some, (list) => {
        const options = { now: NOW, minRuns: 3 };
        const text = JSON.stringify(computeBaselines(list, options));
        expect(JSON.stringify(computeBaselines([...list].reverse(), options))).toBe(text);
      }),
    );
  });

  it("survives names of agents and versions that objects have of their own", () => {
    const names = ["__proto__", "constructor", "toString"];
    const hostile = names.flatMap((name) => runs(20, { agent_id: name, agent_version: name }));
    const file = computeBaselines(hostile, { now: NOW });
    expect(Object.keys(file.agents).sort()).toEqual([...names].sort());
    const baselines = parseBaselines(JSON.parse(JSON.stringify(file)), "baselines.json");
    for (const name of names) expect(baselines.baselineOf(name, name)).toEqual({ steps: 15.25 });
    expect(baselines.baselineOf("hasOwnProperty", "valueOf")).toEqual({});
    expect(Object.prototype).not.toHaveProperty("*");
  });
});
