import { describe, expect, it } from "vitest";
import { agentCounts, runsOf, totalsOf } from "./agentCounts";

const agent = (agent_id: string, started: number, completed: number, failed: number, last_run_at?: bigint) => ({
  ...{ agent_id, started, completed, failed, last_run_at },
  ...{ signals: [], cost_usd: undefined, unpriced: 0, average_duration_ms: undefined },
});

describe("runsOf", () => {
  it("counts by state; those without an end are open", () => {
    const counts = { started: 10, completed: 6, failed: 1 };
    expect(runsOf(counts, undefined)).toBe(10);
    expect(runsOf(counts, ["errored"])).toBe(1);
    expect(runsOf(counts, ["completed"])).toBe(6);
    expect(runsOf(counts, ["running", "stalled"])).toBe(3);
  });

  it("counts runs that began before the time", () => {
    expect(runsOf({ started: 2, completed: 3, failed: 1 }, undefined)).toBe(4);
  });
});

describe("agentCounts", () => {
  it("lists agents by name, those without runs last", () => {
    const rows = agentCounts([agent("b", 1, 1, 0), agent("c", 2, 2, 1), agent("a", 0, 0, 0)], [], undefined);
    expect(rows.map(({ agent_id, runs, failed }) => [agent_id, runs, failed])).toEqual([
      ["b", 1, 0],
      ["c", 3, 1],
      ["a", 0, 0],
    ]);
  });

  it("lists a chosen agent that is not known, so that it can be let go", () => {
    expect(agentCounts([agent("b", 1, 1, 0)], ["x"], undefined)).toEqual([
      { agent_id: "b", runs: 1, failed: 0, chosen: false },
      { agent_id: "x", runs: 0, failed: 0, chosen: true },
    ]);
  });
});

describe("totalsOf", () => {
  const agents = [agent("a", 3, 2, 1, 5_000_000n), agent("b", 4, 4, 0, 9_000_000n)];

  it("sums up what is shown", () => {
    expect(totalsOf(agents, [], undefined)).toEqual({ runs: 7, failed: 1, last: 9 });
    expect(totalsOf(agents, ["a"], undefined)).toEqual({ runs: 3, failed: 1, last: 5 });
    expect(totalsOf(agents, [], ["completed"])).toEqual({ runs: 6, failed: 0, last: 9 });
    expect(totalsOf([], [], undefined)).toEqual({ runs: 0, failed: 0, last: undefined });
  });
});
