import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../logql/readers";
import { compareRuns } from "./compareRuns";

const run = (run_id: string, at: number): RunSummary => ({
  run_id,
  agent_id: "a",
  agent_version: undefined,
  parent_run_id: undefined,
  session_id: undefined,
  user_hash: undefined,
  trace_id: undefined,
  tags: {},
  status: "completed",
  ended: "run.completed",
  exit_reason: "final_answer",
  started_at: at,
  model: undefined,
  kind: undefined,
  source: undefined,
  capture: undefined,
  error_type: undefined,
  ended_at: at,
  duration_ms: 1,
  steps: 1,
  facts: undefined,
  facts_v: undefined,
  rules: undefined,
  baseline: undefined,
  signals: undefined,
  dropped_events: undefined,
  at: BigInt(at),
});
const [a, b, c] = [run("a", 1), run("b", 2), run("c", 3)];
const told = (rows: ReturnType<typeof compareRuns>) => rows.map((row) => `${row.run.run_id} ${row.becomes}`);

describe("compareRuns", () => {
  it("says of each run what becomes of it, newest first", () => {
    const rows = compareRuns({ fired: 2, runs: [b, a] }, { fired: 2, runs: [c, b] });
    expect(told(rows)).toEqual(["c would fire", "b still fires", "a would be clear"]);
  });

  it("says nothing of runs older than a list that was cut", () => {
    expect(told(compareRuns({ fired: 3, runs: [c, b, a] }, { fired: 9, runs: [b] }))).toEqual([
      "c would be clear",
      "b still fires",
    ]);
    expect(compareRuns({ fired: 3, runs: [c] }, { fired: 0, runs: [] })).toHaveLength(1);
  });
});
