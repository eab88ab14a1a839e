import { describe, expect, it } from "vitest";
import { rebuildRun } from "../../core/run";
import { parseLine } from "../../core/wire";
import { framedSignals } from "./framedSignals";

function line(seq: number, event_type: string, payload: object = {}) {
  const ts = `2026-11-20T10:00:0${seq}.000000Z`;
  const head = { ts, level: "info", logger: "dunetrace", event_type, agent_id: "agent", run_id: "r", step_index: seq };
  const read = parseLine(JSON.stringify({ ...head, payload, seq, schema: 1 }));
  if (!read.ok) throw new Error(read.reason);
  return read.line;
}

const LOOP = [
  line(0, "run.started"),
  ...[1, 2, 3, 4].map((seq) => line(seq, "tool.called", { tool_name: "search", args_hash: "a" })),
];
const signal = (failure_type: string, severity: string, phase: "live" | "final") =>
  line(6, "signal.detected", {
    failure_type,
    severity,
    confidence: 0.5,
    phase,
    title: `${failure_type} as recorded`,
    evidence: {},
    shadow: false,
  });
const verdict = (severity: string) => ({ severity, base_severity: severity, confidence: 0.5, shadow: false });
const signalsOf = (...lines: ReturnType<typeof line>[]) =>
  framedSignals(rebuildRun([...LOOP, ...lines], { now: Date.UTC(2026, 10, 20, 10, 5) * 1000 })).map(
    ({ failure_type, severity, title }) => ({ failure_type, severity, title }),
  );

describe("framedSignals", () => {
  it("judges where nothing is recorded", () => {
    expect(signalsOf()).toMatchObject([{ failure_type: "TOOL_LOOP", severity: "MEDIUM" }]);
  });

  it("takes the verdicts of the last line, also where today's thresholds say otherwise", () => {
    const ended = line(8, "run.completed", { signals: { SLOW_STEP: verdict("LOW") } });
    expect(signalsOf(signal("SLOW_STEP", "LOW", "final"), ended)).toEqual([
      { failure_type: "SLOW_STEP", severity: "LOW", title: "SLOW_STEP as recorded" },
    ]);
    expect(signalsOf(line(8, "run.completed", { signals: {} }))).toEqual([]);
  });

  it("takes the lines of a run that goes on, and judges the types that they say nothing of", () => {
    expect(signalsOf(signal("TOOL_LOOP", "CRITICAL", "live"))).toMatchObject([
      { failure_type: "TOOL_LOOP", severity: "CRITICAL" },
    ]);
    expect(signalsOf(signal("SLOW_STEP", "LOW", "live"))).toMatchObject([
      { failure_type: "TOOL_LOOP", severity: "MEDIUM" },
      { failure_type: "SLOW_STEP", severity: "LOW" },
    ]);
  });
});
