import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutgoingEvent, RunEncoder } from "./encode";
import type { EventType } from "./events";
import { parseLine } from "./parse";
import { utf8Length } from "./quote";

const TIME = Date.UTC(2026, 10, 20, 10) * 1000 + 123_456;
const head = { agent_id: "research", run_id: "r1", agent_version: "59c22128" };

function event<T extends EventType>(event_type: T, payload: OutgoingEvent<T>["payload"]): OutgoingEvent<T> {
  return { event_type, payload, level: "info", time: TIME, written: TIME, step_index: 1, seq: 4 };
}

describe("RunEncoder", () => {
  it("writes keys in wire order, without spaces, with one newline", () => {
    const line = new RunEncoder({
      ...head,
      parent_run_id: "p",
      session_id: "s",
      user_hash: "u",
      trace_id: "t",
      tags: { environment: "eu" },
    }).encode({
      ...event("tool.called", { args_length: 2, tool_name: "web", args_hash: "44136fa355b3678a" }),
      span_id: "sp",
    });
    expect(line).toBe(
      '{"ts":"2026-11-20T10:00:00.123456Z","level":"info","logger":"dunetrace","event_type":"tool.called","agent_id":"research","run_id":"r1","step_index":1,"payload":{"tool_name":"web","args_hash":"44136fa355b3678a","args_length":2},"agent_version":"59c22128","seq":4,"schema":1,"parent_run_id":"p","session_id":"s","user_hash":"u","trace_id":"t","span_id":"sp","tags":{"environment":"eu"}}\n',
    );
  });

  it("adds event_ts only where the line was written later", () => {
    const encoder = new RunEncoder(head);
    expect(encoder.encode(event("tool.called", { tool_name: "a" }))).not.toContain("event_ts");
    const late = encoder.encode({ ...event("tool.called", { tool_name: "a" }), written: TIME + 3_600_000_000 });
    expect(late).toContain('"ts":"2026-11-20T11:00:00.123456Z"');
    expect(late).toContain('"schema":1,"event_ts":"2026-11-20T10:00:00.123456Z"');
  });

  it("leaves out what is unknown and never writes NaN", () => {
    const line = new RunEncoder(head).encode(
      event("llm.responded", { prompt_tokens: Number.NaN, completion_tokens: undefined, latency_ms: 3 }),
    );
    expect(line).toContain('"payload":{"latency_ms":3}');
  });

  it("cuts names to 256 code units, never through a surrogate pair", () => {
    const line = new RunEncoder(head).encode(event("tool.called", { tool_name: `${"x".repeat(255)}😀` }));
    expect(JSON.parse(line).payload.tool_name).toBe("x".repeat(255));
  });

  it("round-trips any text through the parser", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.string({ unit: "binary", maxLength: 60 }),
        (name, run) => {
          const line = new RunEncoder({ ...head, run_id: `r${run}` }).encode(event("tool.called", { tool_name: name }));
          expect(line.indexOf("\n")).toBe(line.length - 1);
          const read = parseLine(line);
          expect(read.ok && read.line.event_type === "tool.called" && read.line.run_id === `r${run}`).toBe(true);
        },
      ),
    );
  });
});

describe("a line that does not fit", () => {
  const limited = (limit: number) => new RunEncoder({ ...head, tags: { environment: "x".repeat(200) } }, limit);
  const tools = Array.from({ length: 400 }, (_, i) => `tool_number_${i}`);

  it("keeps the start of raw texts where there is room for it", () => {
    const input_text = "a😀".repeat(6000);
    const payload = { input_hash: "h", input_text };
    const line = limited(16_000).encode(event("input.received", payload));
    expect(utf8Length(line)).toBeLessThanOrEqual(16_000);
    const kept = String(JSON.parse(line).payload.input_text);
    expect(kept.length).toBeGreaterThan(4000);
    expect(input_text.startsWith(kept)).toBe(true);
    expect(kept).not.toMatch(/[\ud800-\udbff]$/);
    expect(line.endsWith(',"truncated":true}\n')).toBe(true);
    const texts = { tool_name: "t", success: false, error_message: "e".repeat(9000), error_stack: "s".repeat(50_000) };
    const failure = JSON.parse(limited(16_000).encode(event("tool.responded", texts))).payload;
    expect(failure.error_stack.length).toBeGreaterThan(4000);
    expect(failure.error_message.length).toBeGreaterThan(4000);
  });

  it("loses raw text first, then attrs and tags, and says so last", () => {
    const attrs = { route: "/x".repeat(120) };
    const payload = { input_hash: "h", tools: ["a"], attrs, input_text: "\u0001".repeat(9000) };
    const line = limited(1024).encode(event("run.started", payload));
    expect(utf8Length(line)).toBeLessThanOrEqual(1024);
    const read = JSON.parse(line);
    expect(read.payload).toEqual({ input_hash: "h", tools: ["a"], attrs });
    expect(read.tags).toBeDefined();
    expect(line.endsWith(',"truncated":true}\n')).toBe(true);
  });

  it("keeps the number of tools when it must cut the list", () => {
    const line = limited(1024).encode(event("run.started", { input_hash: "h", tools }));
    expect(utf8Length(line)).toBeLessThanOrEqual(1024);
    expect(JSON.parse(line).payload).toEqual({ input_hash: "h", tools_count: 400 });
  });

  it("keeps an evidence object and the failure type of a signal", () => {
    const line = limited(1024).encode(
      event("signal.detected", {
        failure_type: "TOOL_LOOP",
        severity: "HIGH",
        confidence: 0.9,
        phase: "final",
        title: "t",
        evidence: { list: tools },
        shadow: false,
      }),
    );
    expect(JSON.parse(line).payload).toMatchObject({ failure_type: "TOOL_LOOP", evidence: {} });
  });
});
