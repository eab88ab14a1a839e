import { describe, expect, it } from "vitest";
import { type Run, rebuildRun } from "../../core/run";
import { linesOf } from "../../core/run/testLines";
import type { Line } from "../../core/wire";
import { timelineRun } from "./item";
import { outlinesOf } from "./loops";
import { slowestItem } from "./slowest";

type Events = Parameters<typeof linesOf>[0];

const span = (name: string, duration_ms: number): Events[number] => ["span.ended", { name, status: "ok", duration_ms }];

function rebuilt(events: Events, change: (line: Line, at: number) => Partial<Line> = () => ({})): Run {
  return rebuildRun(linesOf(events).map((line, at) => Object.assign(line, change(line, at))));
}

const nesting = (run: Run): string[] =>
  timelineRun(run).items.map(({ name, inner, depth }) => `${name} ${inner ? "inner" : "outer"} ${depth}`);

describe("timelineRun", () => {
  it("counts from the first event, or from before it where an answer has no call", () => {
    const run = rebuilt([
      ["run.started", {}],
      ["llm.responded", { model: "m", latency_ms: 5000 }],
      ["run.completed", {}],
    ]);
    const { items, length } = timelineRun(run);
    expect(items.map(({ start, end }) => [start, end])).toEqual([[0, 5000]]);
    expect(length).toBe(6000);
  });

  it("takes spans within a call for inner, and spans around calls not", () => {
    const run = rebuilt([
      ["run.started", {}],
      ["tool.called", { tool_name: "search" }],
      ["run.started", {}],
      span("fetch", 500),
      ["tool.responded", { tool_name: "search", success: true }],
      span("pipeline", 4500),
      ["run.completed", {}],
    ]);
    expect(nesting(run)).toEqual(["pipeline outer 0", "search outer 0", "fetch inner 1"]);
  });

  it("goes by span ids where there are any, if the times agree", () => {
    const events: Events = [
      ["run.started", {}],
      ["tool.called", { tool_name: "agent" }],
      ["llm.called", { model: "m" }],
      ["llm.responded", { model: "m" }],
      ["tool.responded", { tool_name: "agent", success: true }, 1],
      ["llm.called", { model: "late" }, 3],
      ["llm.responded", { model: "late" }],
    ];
    const ids = [
      {},
      { span_id: "a" },
      { span_id: "b", parent_span_id: "a" },
      {},
      {},
      { span_id: "c", parent_span_id: "a" },
    ];
    expect(nesting(rebuilt(events, (_, at) => ids[at] ?? {}))).toEqual(["agent outer 0", "m inner 1", "late outer 0"]);
  });

  it("believes no span id that several calls share", () => {
    const events: Events = [
      ["run.started", {}],
      ["tool.called", { tool_name: "a" }],
      ["tool.called", { tool_name: "b" }],
      ["tool.responded", { tool_name: "b", success: true }],
      ["tool.responded", { tool_name: "a", success: true }, 1],
    ];
    const run = rebuilt(events, () => ({ span_id: "s", parent_span_id: "s" }));
    expect(nesting(run)).toEqual(["a outer 0", "b outer 0"]);
  });
});

describe("slowestItem", () => {
  it("is the longest call from the least duration on, waits for people left out", () => {
    const run = rebuilt([
      ["run.started", { human_tools: ["ask_person"] }],
      ["tool.called", { tool_name: "ask_person" }],
      ["tool.responded", { tool_name: "ask_person", latency_ms: 90_000 }],
      ["llm.called", { model: "m" }],
      ["llm.responded", { model: "m", latency_ms: 1500 }],
    ]);
    const { items } = timelineRun(run);
    expect(slowestItem(items, 1000)?.name).toBe("m");
    expect(slowestItem(items, 2000)).toBeUndefined();
  });
});

describe("outlinesOf", () => {
  it("outlines loops in the lane of their tool", () => {
    const call: Events = [
      ["tool.called", { tool_name: "search", args_hash: "a" }],
      ["tool.responded", { tool_name: "search", success: true, output_length: 3 }],
    ];
    const run = rebuilt([["run.started", {}], ...call, ...call, ...call]);
    expect(outlinesOf(run, run.started_at)).toMatchObject([{ lane: "tool search", start: 1000, end: 6000 }]);
  });
});
