import { describe, expect, it } from "vitest";
import type { AgentRow } from "../../logql/ask";
import { deltaOf, spanBefore, spanText } from "./deltas";
import { matrixOf } from "./matrix";

const HOUR = 3_600_000;

describe("deltaOf", () => {
  it("says how much more or less it is", () => {
    expect(deltaOf(7, 4)).toEqual({ direction: "up", by: 3, share: 0.75 });
    expect(deltaOf(3, 4)).toEqual({ direction: "down", by: 1, share: 0.25 });
    expect(deltaOf(4, 4)).toEqual({ direction: "same", by: 0, share: 0 });
  });

  it("says nothing of what is not known, and no share of nothing", () => {
    expect(deltaOf(undefined, 4)).toBeUndefined();
    expect(deltaOf(4, undefined)).toBeUndefined();
    expect(deltaOf(Number.NaN, 4)).toBeUndefined();
    expect(deltaOf(4, 0)).toEqual({ direction: "up", by: 4, share: undefined });
  });
});

describe("spans", () => {
  it("lie before at the same length", () => {
    expect(spanBefore({ from: 100, to: 150 })).toEqual({ from: 50, to: 100 });
  });

  it.each([
    [24 * HOUR + 2000, "24 h"],
    [HOUR + 2000, "1 h"],
    [30 * 60_000 + 2000, "30 min"],
    [5 * 60_000 + 2000, "5 min"],
    [7 * 24 * HOUR + 2000, "7 days"],
    [1.5 * HOUR, "1.5 h"],
    [10_000, "10 s"],
  ])("%i ms is %s", (ms, text) => {
    expect(spanText({ from: 1000, to: 1000 + ms })).toBe(text);
  });
});

describe("matrixOf", () => {
  const agent = (agent_id: string, signals: AgentRow["signals"]): AgentRow => ({
    agent_id,
    started: 1,
    completed: 1,
    failed: 0,
    last_run_at: undefined,
    signals,
    cost_usd: undefined,
    unpriced: 0,
    average_duration_ms: undefined,
  });

  it("puts the worst types and the agents with the worst signals first", () => {
    const matrix = matrixOf(
      [
        agent("calm", []),
        agent("a", [{ failure_type: "SLOW_STEP", severity: "MEDIUM", count: 4 }]),
        agent("b", [
          { failure_type: "SLOW_STEP", severity: "MEDIUM", count: 16 },
          { failure_type: "TOOL_LOOP", severity: "CRITICAL", count: 1 },
        ]),
        agent("c", [{ failure_type: "TOOL_LOOP", severity: "HIGH", count: 2 }]),
      ],
      2,
    );
    expect(matrix.agents).toEqual(["b", "c"]);
    expect(matrix.left_out).toBe(1);
    expect(matrix.rows.map(({ failure_type, total }) => [failure_type, total])).toEqual([
      ["TOOL_LOOP", 3],
      ["SLOW_STEP", 16],
    ]);
    expect(matrix.rows[1]?.cells.map(({ count, intensity }) => [count, intensity])).toEqual([
      [16, 1],
      [0, 0],
    ]);
  });
});
