import { describe, expect, it } from "vitest";
import { rebuildRun } from "../core/run";
import { RecordedClient, START } from "./testing/record";

const MINUTE = 60_000_000;

describe("an event told later", () => {
  it("keeps its time as ts while nothing was written since", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research", {}, { at: START - 5000 });
    const call = run.toolCalled("search", {}, { at: START - 4000, spanId: "00f067aa0ba902b7" });
    call.responded({}, { at: START - 1000 });
    run.end({}, { at: START - 500 });
    expect(client.lines.map(({ time }) => time - START)).toEqual([-5000, -4000, -1000, -500]);
    expect(client.texts.join("")).not.toContain("event_ts");
    expect(client.raw("tool.called").span_id).toBe("00f067aa0ba902b7");
    expect(client.of("tool.responded")[0]?.payload.latency_ms).toBe(3);
  });

  it("names its time beside that of writing when it is too old for Loki", () => {
    const client = new RecordedClient();
    const at = START - 45 * MINUTE;
    client.dt.startRun("research", {}, { at });
    client.dt.startRun("research", {}, { at: at + 1 });
    const [old, fresh] = client.texts.map((text): unknown => JSON.parse(text));
    expect(old).toMatchObject({ ts: "2026-11-20T10:00:00.000000Z", event_ts: "2026-11-20T09:15:00.000000Z" });
    // Other lines were written since, so this one has the time of writing too.
    expect(fresh).toMatchObject({ ts: "2026-11-20T10:00:00.000001Z", event_ts: "2026-11-20T09:15:00.000001Z" });
    const alone = new RecordedClient();
    alone.dt.startRun("research", {}, { at: at + 1 });
    expect(alone.raw("run.started")).toMatchObject({ ts: "2026-11-20T09:15:00.000001Z" });
    expect(alone.raw("run.started")).not.toHaveProperty("event_ts");
  });

  it("keeps its place in time when other lines were written since, and readers see it there", () => {
    const client = new RecordedClient();
    client.dt.startRun("other");
    const run = client.dt.startRun("research", {}, { at: START - 9_000_000 });
    const call = run.toolCalled("search", {}, { at: START - 8_000_000 });
    call.responded({ success: false, error: new Error("x") }, { at: START - 7_500_000 });
    run.end({ exitReason: "handoff" }, { at: START - 7_000_000 });
    const lines = client.lines.filter(({ run_id }) => run_id === run.runId);
    expect(lines.map(({ time }) => (time - START) / 1e6)).toEqual([
      // The two in between are the signals the failure raised.
      -9, -8, -7.5, -7.5, -7.000001, -7,
    ]);
    const ts = client.texts.map((text): string => JSON.parse(text).ts);
    expect([...ts].sort()).toEqual(ts);
    const rebuilt = rebuildRun(lines);
    expect(rebuilt.facts).toMatchObject({ duration_ms: 2000, slowest_tool_ms: 500 });
    expect(rebuilt.facts_differ).toEqual([]);
  });

  it("from the future counts as now", () => {
    const client = new RecordedClient();
    client.dt.startRun("research", {}, { at: START + 5 * MINUTE });
    expect(client.lines[0]?.time).toBe(START);
  });
});
