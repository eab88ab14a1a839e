import { describe, expect, it } from "vitest";
import type { Marker } from "../../logql/ask";
import { failedShare, linesByAgent, linesByType, openRuns, runsOf, trouble } from "./health";
import { costPerRun, deployedVersions, signalsPerRun } from "./versions";

const SPAN = { from: 0, to: 3000 };
const at = (time: number, value: number) => ({ time, value });

describe("health of an agent", () => {
  it("counts runs that began or ended in the time", () => {
    expect(runsOf({ started: 5, completed: 2, failed: 1 })).toBe(5);
    expect(runsOf({ started: 1, completed: 2, failed: 1 })).toBe(3);
    expect(openRuns({ started: 5, completed: 2, failed: 1 })).toBe(2);
    expect(openRuns({ started: 1, completed: 2, failed: 1 })).toBe(0);
    expect(failedShare({ completed: 3, failed: 1 })).toBe(0.25);
    expect(failedShare({ completed: 0, failed: 0 })).toBeUndefined();
  });

  it("puts one worse signal before many lesser ones", () => {
    const signal = (severity: "LOW" | "HIGH" | "CRITICAL", count: number) => ({
      signals: [{ failure_type: "TOOL_LOOP" as const, severity, count }],
    });
    expect(trouble(signal("CRITICAL", 1))).toBeGreaterThan(trouble(signal("HIGH", 40)));
    expect(trouble(signal("HIGH", 2))).toBeGreaterThan(trouble(signal("HIGH", 1)));
    expect(trouble({ signals: [] })).toBe(0);
  });

  it("draws a line for each agent", () => {
    const lines = linesByAgent(
      [
        { agent_id: "a", points: [at(1, 2), at(3, 1)] },
        { agent_id: "b", points: [at(2, 5)] },
      ],
      SPAN,
      1000,
    );
    expect([...lines]).toEqual([
      ["a", [2, 0, 1]],
      ["b", [0, 5, 0]],
    ]);
  });

  it("draws one line for each failure type, over its severities, the worst first", () => {
    const lines = linesByType(
      [
        { failure_type: "SLOW_STEP", severity: "MEDIUM", points: [at(1, 9)] },
        { failure_type: "TOOL_LOOP", severity: "HIGH", points: [at(1, 1)] },
        { failure_type: "TOOL_LOOP", severity: "CRITICAL", points: [at(3, 1)] },
        { failure_type: "COST_SPIKE", severity: "CRITICAL", points: [] },
      ],
      SPAN,
      1000,
    );
    expect(lines).toEqual([
      { failure_type: "TOOL_LOOP", severity: "CRITICAL", total: 2, points: [1, 0, 1] },
      { failure_type: "SLOW_STEP", severity: "MEDIUM", total: 9, points: [9, 0, 0] },
    ]);
  });
});

describe("versions side by side", () => {
  const row = (agent_version: string) => ({
    ...{ agent_version, completed: 3, failed: 1, cost_usd: 2, unpriced: 0, signals: 6 },
    ...{ average_duration_ms: 10, p95_duration_ms: 20 },
  });
  const deploy = (version: string, time: number): Marker => ({
    at: time,
    agent_id: "a",
    line: {
      ...{ schema: 1, logger: "dunetrace", level: "info", agent_id: "a", run_id: "", step_index: 0, time: time * 1000 },
      event_type: "deploy.marker",
      payload: { version, environment: "prod" },
    } as const,
  });

  it("puts the latest deployed first, those without a mark last", () => {
    const rows = deployedVersions(
      [row("old"), row("x"), row("new")],
      [deploy("old", 1), deploy("new", 5), deploy("new", 9)],
    );
    expect(rows.map(({ agent_version, deployed_at }) => [agent_version, deployed_at])).toEqual([
      ["new", 5],
      ["old", 1],
      ["x", undefined],
    ]);
  });

  it("says what a run costs and brings, where that is known", () => {
    expect(signalsPerRun(row("a"))).toBe(1.5);
    expect(costPerRun(row("a"))).toBe(0.5);
    expect(costPerRun({ ...row("a"), cost_usd: undefined })).toBeUndefined();
    expect(costPerRun({ ...row("a"), unpriced: 3 })).toBe(2);
    expect(signalsPerRun({ ...row("a"), completed: 0, failed: 0 })).toBeUndefined();
  });
});
