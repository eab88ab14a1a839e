import { describe, expect, it } from "vitest";
import { listAgents } from "./listAgents";
import { listVersions } from "./listVersions";
import { quietAgents } from "./quietAgents";
import { readSignalRate } from "./readSignalRate";
import { runOf, seconds, stored } from "./testLines";
import { TestLoki } from "./testLoki";

const request = { start: seconds(0), end: seconds(1000) };
const failed = (run_id: string, at: number, agent_id: string) =>
  stored("run.errored", { run_id, at, seq: 3, agent_id });

const signal = (at: number, severity: string, more: object = {}) =>
  stored("signal.detected", {
    run_id: `r${at}`,
    at,
    seq: 5,
    payload: {
      failure_type: "TOOL_LOOP",
      severity,
      confidence: 0.9,
      phase: "final",
      title: "t",
      evidence: {},
      shadow: false,
      ...more,
    },
  });

describe("listAgents", () => {
  it("counts runs and finds the newest", async () => {
    const loki = new TestLoki([
      ...runOf("a1", 10, 20, { agent_id: "a" }),
      ...runOf("a2", 30, undefined, { agent_id: "a" }),
      ...runOf("b1", 1, undefined, { agent_id: "b" }),
      failed("b1", 5, "b"),
      ...Array.from({ length: 600 }, (_, n) => runOf(`c${n}`, 100 + n / 10, 200 + n / 10, { agent_id: "c" })).flat(),
    ]);
    expect(await listAgents(loki, request)).toEqual([
      { agent_id: "a", started: 2, completed: 1, failed: 0, last_run_at: seconds(30) },
      { agent_id: "b", started: 1, completed: 0, failed: 1, last_run_at: seconds(5) },
      { agent_id: "c", started: 600, completed: 600, failed: 0, last_run_at: seconds(259.9) },
    ]);
  });

  it("counts what lies in the time asked for, its start included", async () => {
    const loki = new TestLoki([...runOf("x", 0, 1000), ...runOf("y", 0, 999)]);
    expect(await listAgents(loki, request)).toMatchObject([{ started: 2, completed: 1 }]);
  });

  it("asks for agents that are not among the newest lines in groups", async () => {
    const rare = Array.from({ length: 450 }, (_, n) => runOf(`r${n}`, n / 10, 100 + n / 10, { agent_id: `rare-${n}` }));
    const busy = Array.from({ length: 300 }, (_, n) => runOf(`b${n}`, 500, 600 + n / 10, { agent_id: "busy" }));
    const loki = new TestLoki([...rare, ...busy].flat());
    const agents = await listAgents(loki, request);
    expect(agents).toHaveLength(451);
    expect(agents.find(({ agent_id }) => agent_id === "rare-7")?.last_run_at).toBe(seconds(100.7));
    expect(agents.every(({ last_run_at }) => last_run_at !== undefined)).toBe(true);
    expect(loki.queries.length).toBeLessThan(15);
  });

  it("asks once where there is nothing", async () => {
    const loki = new TestLoki([]);
    expect(await listAgents(loki, request)).toEqual([]);
    expect(loki.queries).toHaveLength(1);
  });
});

describe("listVersions", () => {
  it("counts by agent and version", async () => {
    const loki = new TestLoki([
      ...runOf("1", 1, 2, { agent_version: "v2" }),
      ...runOf("2", 1, 2, { agent_version: "v1" }),
      ...runOf("3", 1, 2, { agent_version: "v1" }),
      failed("4", 5, "agent"),
    ]);
    expect(await listVersions(loki, request)).toEqual([
      { agent_id: "agent", agent_version: "", completed: 0, failed: 1 },
      { agent_id: "agent", agent_version: "v1", completed: 2, failed: 0 },
      { agent_id: "agent", agent_version: "v2", completed: 1, failed: 0 },
    ]);
  });
});

describe("quietAgents", () => {
  it("names who had runs and has none", async () => {
    const now = seconds(90_000);
    const loki = new TestLoki([
      ...runOf("1", 50_000, 50_010, { agent_id: "quiet" }),
      ...runOf("2", 50_000, 89_000, { agent_id: "busy" }),
      ...runOf("3", 10, 20, { agent_id: "gone" }),
    ]);
    expect((await quietAgents(loki, { now })).map(({ agent_id }) => agent_id)).toEqual(["quiet"]);
    expect((await quietAgents(loki, { now, quietMs: 900_000 })).map(({ agent_id }) => agent_id)).toEqual([
      "busy",
      "quiet",
    ]);
  });
});

describe("readSignalRate", () => {
  it("counts final signals per step, LOW and shadow ones left out", async () => {
    const loki = new TestLoki([
      signal(10, "HIGH"),
      signal(20, "HIGH"),
      signal(70, "MEDIUM"),
      signal(71, "LOW"),
      signal(72, "HIGH", { shadow: true }),
      signal(73, "HIGH", { phase: "live" }),
    ]);
    const asked = { start: seconds(60), end: seconds(120), stepMs: 60_000 };
    const time = Number(seconds(60) / 1_000_000_000n);
    expect(await readSignalRate(loki, { ...asked, by: ["severity", "failure_type"] })).toEqual([
      { failure_type: "TOOL_LOOP", severity: "HIGH", points: [{ time, value: 2 }] },
      { failure_type: "TOOL_LOOP", severity: "MEDIUM", points: [{ time: time + 60, value: 1 }] },
    ]);
    const [everything] = await readSignalRate(loki, {
      ...asked,
      by: [],
      filter: { min_severity: "LOW", shadow: true },
    });
    expect(everything?.points.map(({ value }) => value)).toEqual([2, 3]);
  });
});
