import { describe, expect, it } from "vitest";
import { readChildren, readSession } from "./nestedRuns";
import { runOf, seconds } from "./testLines";
import { TestLoki } from "./testLoki";

const request = { start: seconds(0), end: seconds(1000), now: seconds(1000) };

const loki = () =>
  new TestLoki([
    ...runOf("P", 100, 500, { session_id: "S" }),
    ...runOf("c2", 300, 310, { parent_run_id: "P", agent_id: "other" }),
    ...runOf("c1", 200, undefined, { parent_run_id: "P" }),
    ...runOf("x", 200, 250, { parent_run_id: "PP" }),
    ...runOf("later", 700, 720, { session_id: "S" }),
    ...runOf("another", 800, 820, { session_id: "SS" }),
  ]);

describe("readChildren", () => {
  it("reads nested runs of any agent in the order they started", async () => {
    const { runs, cut } = await readChildren(loki(), { ...request, run_id: "P" });
    expect(runs.map(({ run_id, agent_id, status }) => [run_id, agent_id, status])).toEqual([
      ["c1", "agent", "stalled"],
      ["c2", "other", "completed"],
    ]);
    expect(cut).toBeUndefined();
  });

  it("knows of ends after the time asked for", async () => {
    const { runs } = await readChildren(loki(), { ...request, end: seconds(305), run_id: "P" });
    expect(runs.map(({ run_id, status }) => [run_id, status])).toEqual([
      ["c1", "stalled"],
      ["c2", "completed"],
    ]);
  });
});

describe("readSession", () => {
  it("reads the runs of one session", async () => {
    const { runs } = await readSession(loki(), { ...request, session_id: "S" });
    expect(runs.map(({ run_id }) => run_id)).toEqual(["P", "later"]);
  });
});
