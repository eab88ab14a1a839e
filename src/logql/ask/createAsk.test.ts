import { describe, expect, it } from "vitest";
import { DetectorConfig } from "../../core/detectors";
import { emptyFacts } from "../../core/facts/emptyFacts";
import type { Prices } from "../../core/prices";
import type { LokiApi } from "../api";
import { LokiError } from "../errors";
import { runOf, stored, T0 } from "../readers/testLines";
import { type StoredLine, TestLoki } from "../readers/testLoki";
import { createAsk } from "./createAsk";
import type { Ask } from "./questions";

const from = T0 / 1000;
const range = { from, to: from + 1_000_000 };
const at = (seconds: number): number => from + seconds * 1000;

const loop = { severity: "HIGH", confidence: 0.9, shadow: false, base_severity: "HIGH" };
const judged = (run_id: string, start: number, end: number, signals: object) =>
  runOf(run_id, start, end, { payload: { signals } });
const open = (run_id: string, start: number, more: object = {}): StoredLine =>
  stored("run.started", { run_id, at: start, seq: 0, payload: { model: "m", capture: "hash", ...more } });
const live = (run_id: string, seconds: number): StoredLine =>
  stored("signal.detected", {
    run_id,
    at: seconds,
    seq: 7,
    payload: {
      failure_type: "TOOL_LOOP",
      severity: "MEDIUM",
      confidence: 0.7,
      phase: "live",
      provisional: true,
      title: "search called 3 times with the same arguments",
      evidence: { tool: "search", loop_count: 3, loop_tool: "search", loop_identical: 3, loop_distinct: 1 },
      shadow: false,
    },
  });

function asking(loki: TestLoki, seconds = 1000): Ask {
  return createAsk(loki, { scope: {}, config: new DetectorConfig(), now: () => at(seconds) });
}

describe("runs", () => {
  it("take one query where all have ended and were judged", async () => {
    const loki = new TestLoki([...judged("a", 1, 2, { TOOL_LOOP: loop }), ...judged("b", 3, 4, {})]);
    const { runs, more, cursor } = await asking(loki)("runs", { range });
    expect(runs.map(({ run, signals }) => [run.run_id, signals?.length])).toEqual([
      ["b", 0],
      ["a", 1],
    ]);
    expect(runs[1]?.signals).toMatchObject([{ failure_type: "TOOL_LOOP", origin: "recorded", title: "Tool loop" }]);
    expect([more, cursor, loki.queries.length]).toEqual([false, undefined, 1]);
  });

  it("that are open have what their live lines say, and nothing where they are silent", async () => {
    const loki = new TestLoki([open("loud", 990), live("loud", 995), open("quiet", 991), live("other", 996)]);
    const { runs } = await asking(loki)("runs", { range });
    expect(runs.map(({ run, signals }) => [run.run_id, signals])).toEqual([
      ["quiet", []],
      ["loud", [expect.objectContaining({ failure_type: "TOOL_LOOP", provisional: true, origin: "recorded" })]],
    ]);
  });

  it("of producers that judge nothing are judged by their events", async () => {
    const call = (n: number) => [
      stored("tool.called", {
        run_id: "p",
        at: 10 + n,
        seq: 1 + 2 * n,
        payload: { tool_name: "search", args_hash: "h" },
      }),
      stored("tool.responded", { run_id: "p", at: 10.5 + n, seq: 2 + 2 * n, payload: { success: true } }),
    ];
    const loki = new TestLoki([...runOf("p", 9, 20), ...[0, 1, 2, 3].flatMap(call)]);
    for (const mode of ["auto", "computed"] as const) {
      const { runs } = await asking(loki)("runs", { range, mode });
      expect(runs[0]?.signals).toMatchObject([{ failure_type: "TOOL_LOOP", severity: "MEDIUM", origin: "computed" }]);
      expect(runs[0]?.run.facts?.loop_count).toBe(4);
    }
    const { runs } = await asking(loki)("runs", { range, mode: "recorded" });
    expect(runs[0]?.signals).toBeUndefined();
  });

  it("that stalled, went on and stalled again are read anew", async () => {
    const call = (seconds: number, seq: number): StoredLine =>
      stored("tool.called", { run_id: "s", at: seconds, seq, payload: { tool_name: "search" } });
    const before = [stored("run.started", { run_id: "s", at: 1, seq: 0, payload: { model: "m" } }), call(2, 1)];
    let loki = new TestLoki(before);
    let seconds = 20;
    const api: LokiApi = {
      logs: (query) => loki.logs(query),
      instant: (query) => loki.instant(query),
      range: () => Promise.resolve([]),
      labelValues: () => Promise.resolve([]),
    };
    const settings = { scope: {}, config: new DetectorConfig(), now: () => at(seconds), stallAfterMs: 5000 };
    const ask = createAsk(api, settings);
    const calls = async () => {
      const { run } = (await ask("runs", { range })).runs[0] ?? {};
      return [run?.status, run?.facts?.tool_calls];
    };
    expect(await calls()).toEqual(["stalled", 1]);
    loki = new TestLoki([...before, call(22, 2)]);
    seconds = 30;
    expect(await calls()).toEqual(["stalled", 2]);
  });

  it("sorted by duration are finished ones", async () => {
    const loki = new TestLoki([...judged("fast", 1, 2, {}), ...judged("slow", 3, 40, {}), open("o", 50)]);
    const slowest = { range, sort: "slowest", limit: 1 } as const;
    expect(await asking(loki)("runs", slowest)).toMatchObject({ runs: [{ run: { run_id: "slow" } }], more: true });
    expect(await asking(loki)("runs", { ...slowest, statuses: ["running"] })).toMatchObject({ runs: [], more: false });
  });
});

describe("signals", () => {
  it("of open runs are explained by what their evidence holds", async () => {
    const loki = new TestLoki([open("loud", 990), live("loud", 995)]);
    const { signals } = await asking(loki)("signals", { range });
    expect(signals).toMatchObject([
      {
        run_id: "loud",
        phase: "live",
        at: at(995),
        explanation: {
          title: "search called 3 times with the same arguments",
          what: expect.stringContaining("search 3 times"),
        },
      },
    ]);
  });

  it("that today's thresholds do not find say so", async () => {
    const loki = new TestLoki(judged("a", 1, 2, { TOOL_LOOP: loop }));
    const { found } = await asking(loki)("run", { range, run_id: "a" });
    expect(found?.signals).toMatchObject([{ failure_type: "TOOL_LOOP", differs: null, explanation: { fixes: [] } }]);
    expect(found?.signals[0]?.explanation.why).toContain("today's thresholds do not find it");
  });
});

describe("detectors", () => {
  const facts = { ...emptyFacts(), steps: 30, llm_calls: 3, tool_calls: 2 };
  const ended = (run_id: string, end: number, more: object) =>
    runOf(run_id, end - 1, end, { payload: { facts: { ...facts, ...more }, facts_v: 1 } });

  it("that no run can tell of have no number, those that no run fires have 0", async () => {
    const loki = new TestLoki([...ended("a", 10, { loop_count: 4, loop_tool: "t" }), ...ended("b", 20, {})]);
    const api: LokiApi = {
      logs: (query) => loki.logs(query),
      instant: (query) => loki.instant(query),
      range: () => Promise.resolve([]),
      labelValues: () => Promise.resolve([]),
    };
    const ask = createAsk(api, { scope: {}, config: new DetectorConfig(), now: () => at(1000) });
    const answer = await ask("detectors", { range, stepMs: 1000 });
    expect(answer).toMatchObject({ judged: 2, judged_by: "runs" });
    const fired = Object.fromEntries(answer.detectors.map((one) => [one.failure_type, one.fired]));
    expect(fired).toMatchObject({ TOOL_LOOP: 1, RETRY_STORM: 0 });
    for (const type of ["TOOL_AVOIDANCE", "PROMPT_INJECTION_SIGNAL", "STEP_COUNT_INFLATION"]) {
      expect([type, fired[type]]).toEqual([type, undefined]);
    }
  });
});

describe("errors", () => {
  it("are those of the Loki", async () => {
    const loki = new TestLoki([]);
    const down = new LokiError({ kind: "unavailable", message: "down" });
    loki.failures.push(down);
    await expect(asking(loki)("freshness", { range })).rejects.toBe(down);
  });

  it("are LokiErrors too where no query can be made", async () => {
    const ask = asking(new TestLoki([]));
    const asked = [
      ask("runs", { range: { from: Number.NaN, to: 0 } }),
      ask("whatIf", { range, failure_type: "TOOL_LOOP", candidates: [{ threshold: Number.NaN }] }),
      ask("signalRate", { range, by: [], stepMs: -1 }),
    ];
    for (const answer of asked) {
      const error: unknown = await answer.catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(LokiError);
    }
  });
});

describe("a question that nobody waits for any more", () => {
  const question = { range };
  const kindOf = (answer: Promise<unknown>): Promise<unknown> =>
    answer.then(
      () => "answered",
      (error: unknown) => (error instanceof LokiError ? error.kind : error),
    );

  it("is aborted before, while and after its queries, whatever they make of it", async () => {
    const before = new AbortController();
    before.abort();
    const loki = new TestLoki([]);
    expect(await kindOf(asking(loki)("configuration", {}, before.signal))).toBe("aborted");
    expect(await kindOf(asking(loki)("runs", question, before.signal))).toBe("aborted");
    expect(loki.queries).toEqual([]);
    const meanwhile = new AbortController();
    const api = (end: () => Promise<never[]>): LokiApi => {
      const noted = () => {
        meanwhile.abort();
        return end();
      };
      return { logs: noted, instant: noted, range: noted, labelValues: noted };
    };
    const settings = { scope: {}, config: new DetectorConfig(), now: () => at(1000) };
    const ends = [() => Promise.resolve([]), () => Promise.reject(new Error("gone"))];
    for (const end of ends) {
      const ask = createAsk(api(end), settings);
      expect(await kindOf(ask("totals", question, meanwhile.signal))).toBe("aborted");
    }
  });
});

describe("prices that have to be loaded", () => {
  const call = (n: number) => [
    stored("llm.called", { run_id: "p", at: 10 + n, seq: 1 + 2 * n, payload: { model: "m" } }),
    stored("llm.responded", { run_id: "p", at: 10.5 + n, seq: 2 + 2 * n, payload: { prompt_tokens: 5 } }),
  ];
  const loki = new TestLoki([...runOf("p", 9, 20), ...call(0), ...call(1)]);
  const pricing = (prices: () => Promise<Prices>): Ask =>
    createAsk(loki, { scope: {}, config: new DetectorConfig(), now: () => at(1000), prices });

  it("are loaded once, by the first run that needs them", async () => {
    let loaded = 0;
    const ask = pricing(async () => {
      loaded++;
      return { knows: () => true, cost: () => 0.5 };
    });
    await ask("freshness", { range });
    expect(loaded).toBe(0);
    const { runs } = await ask("runs", { range });
    expect(runs[0]?.run.facts).toMatchObject({ cost_usd: 1, unpriced_llm_calls: 0 });
    expect((await ask("run", { range, run_id: "p" })).found?.run.facts.cost_usd).toBe(1);
    expect(loaded).toBe(1);
  });

  it("are done without where they cannot be had", async () => {
    const ask = pricing(() => Promise.reject(new Error("offline")));
    expect((await ask("run", { range, run_id: "p" })).found?.run.facts).toMatchObject({ unpriced_llm_calls: 2 });
  });
});

describe("every question", () => {
  it("passes the signal of its caller on", async () => {
    const { signal } = new AbortController();
    const loki = new TestLoki([...judged("a", 1, 2, { TOOL_LOOP: loop }), open("o", 5), live("o", 6)]);
    const seen: (AbortSignal | undefined)[] = [];
    const noted = <T>(given: AbortSignal | undefined, answer: T): T => {
      seen.push(given);
      return answer;
    };
    const api: LokiApi = {
      logs: (query, given) => noted(given, loki.logs(query)),
      instant: (_query, given) => noted(given, Promise.resolve([])),
      range: (_query, given) => noted(given, Promise.resolve([])),
      labelValues: (_label, _query, given) => noted(given, Promise.resolve([])),
    };
    const ask = createAsk(api, { scope: {}, config: new DetectorConfig(), now: () => at(1000) });
    await ask("runs", { range, mode: "computed" }, signal);
    await ask("runs", { range, filter: { min_severity: "HIGH" } }, signal);
    await ask("run", { range, run_id: "a" }, signal);
    await ask("run", { range, run_id: "o", around: at(5) }, signal);
    for (const mode of ["auto", "computed"] as const) await ask("signals", { range, mode }, signal);
    await ask("session", { range, session_id: "s" }, signal);
    await ask("signalRate", { range, by: ["agent"], stepMs: 1000 }, signal);
    await ask("rates", { at: at(1000), of: [{ agent_id: "a", failure_type: "TOOL_LOOP" }] }, signal);
    await ask("totals", { range }, signal);
    await ask("agents", { range }, signal);
    await ask("quiet", {}, signal);
    await ask("versions", { range, agent_id: "a" }, signal);
    await ask("markers", { range }, signal);
    await ask("freshness", { range }, signal);
    await ask("detectors", { range, stepMs: 1000 }, signal);
    await ask("whatIf", { range, failure_type: "SLOW_STEP", candidates: [{}], runs: 1 }, signal);
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.every((given) => given === signal)).toBe(true);
  });
});
