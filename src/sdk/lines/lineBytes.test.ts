import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelOf, RunEncoder, type RunHead, SCHEMA_VERSION } from "../../core/wire";
import type { RecordedEvent } from "../recordedEvent";
import { START } from "../testing/record";
import { ByteWriter } from "./byteWriter";
import { LineBytes } from "./lineBytes";

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("web_search", "gpt-4o", "a", "x".repeat(256), "stop") },
  fc.string({ maxLength: 300, unit: "binary" }),
  fc.string({ maxLength: 20 }),
);
const count = fc.oneof(fc.nat(20), fc.nat(2_000_000), fc.constantFrom(0, 999_999, 1_000_000, Number.MAX_SAFE_INTEGER));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const usd = fc.double({ min: 0, max: 100, noNaN: true });
const finish = fc.constantFrom("stop", "length", "tool_calls", "content_filter", "error") as fc.Arbitrary<"stop">;

const body: fc.Arbitrary<Pick<RecordedEvent, "event_type" | "payload">> = fc.oneof(
  fc.record({
    event_type: fc.constant("tool.called" as const),
    payload: fc.record({ tool_name: name, args_hash: maybe(name), args_length: maybe(count), args_shape: maybe(name) }),
  }),
  fc.record({
    event_type: fc.constant("tool.responded" as const),
    payload: fc.record({
      tool_name: maybe(name),
      success: maybe(fc.boolean()),
      output_length: maybe(count),
      latency_ms: maybe(count),
      error_hash: maybe(name),
      error_type: maybe(name),
      output_text: maybe(fc.constant("raw")),
    }),
  }),
  fc.record({
    event_type: fc.constant("llm.called" as const),
    payload: fc.record({
      model: maybe(name),
      prompt_tokens: maybe(count),
      provider: maybe(name),
      streaming: maybe(fc.constant(true)),
      prompt_name: maybe(name),
      prompt_version: maybe(name),
    }),
  }),
  fc.record({
    event_type: fc.constant("llm.responded" as const),
    payload: fc.record({
      model: maybe(name),
      prompt_tokens: maybe(count),
      completion_tokens: maybe(count),
      cache_read_tokens: maybe(count),
      cache_write_tokens: maybe(count),
      reasoning_tokens: maybe(count),
      latency_ms: maybe(count),
      first_token_ms: maybe(count),
      finish_reason: maybe(finish),
      tool_call_count: maybe(count),
      output_hash: maybe(name),
      output_length: maybe(count),
      error_hash: maybe(name),
      error_type: maybe(name),
      cost_usd: maybe(usd),
    }),
  }),
);

const heads: fc.Arbitrary<RunHead> = fc.record({
  agent_id: fc.constantFrom("research", "a"),
  run_id: name,
  agent_version: maybe(name),
  parent_run_id: maybe(name),
  session_id: maybe(name),
  user_hash: maybe(name),
  trace_id: maybe(name),
  tags: maybe(fc.dictionary(name, name, { maxKeys: 3 })),
});

/** One event with its level and times filled in. */
function eventOf(part: Pick<RecordedEvent, "event_type" | "payload">, time: number, step_index: number, seq: number) {
  const level =
    part.event_type === "tool.responded" && "success" in part.payload && part.payload.success === false
      ? "warn"
      : "info";
  return { ...part, level, time, written: time, step_index, seq, schema: SCHEMA_VERSION } as RecordedEvent;
}

describe("lines written as bytes", () => {
  it("are the lines of the encoder, or left to it", () => {
    let written = 0;
    fc.assert(
      fc.property(heads, body, fc.nat(2e9), count, count, (head, part, offset, step, seq) => {
        const event = eventOf(part, START + offset * 1000, step, seq);
        expect(event.level).toBe(levelOf(event.event_type, event.payload));
        const encoder = new RunEncoder(head);
        const to = new ByteWriter(65_536);
        to.at = 7;
        if (!new LineBytes(encoder, 16_000).write(event, to)) return;
        written++;
        expect(Buffer.from(to.bytes.subarray(7, to.at)).toString()).toBe(encoder.encode(event));
      }),
      { numRuns: 3000 },
    );
    expect(written).toBeGreaterThan(300);
  });

  it("are left to the encoder when they would be too long or have no room", () => {
    const encoder = new RunEncoder({ agent_id: "a", run_id: "r", session_id: "s".repeat(256) }, 1024);
    const event = eventOf({ event_type: "tool.called", payload: { tool_name: "n".repeat(256) } }, START, 1, 1);
    expect(new LineBytes(encoder, 400).write(event, new ByteWriter(65_536))).toBe(false);
    expect(new LineBytes(encoder, 1024).write(event, new ByteWriter(1024))).toBe(false);
    expect(new LineBytes(encoder, 1024).write(event, new ByteWriter(65_536))).toBe(true);
  });

  it("are left to the encoder when they are told late or belong to a span", () => {
    const bytes = new LineBytes(new RunEncoder({ agent_id: "a", run_id: "r" }), 16_000);
    const event = eventOf({ event_type: "tool.called", payload: { tool_name: "n" } }, START, 1, 1);
    expect(bytes.write(event, new ByteWriter(65_536))).toBe(true);
    expect(bytes.write({ ...event, written: START + 1 }, new ByteWriter(65_536))).toBe(false);
    expect(bytes.write({ ...event, span_id: "00f067aa0ba902b7" }, new ByteWriter(65_536))).toBe(false);
  });
});
