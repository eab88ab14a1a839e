import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventType, Payloads } from "../../core/wire";
import { encodePayload } from "../../core/wire/payload";
import { ByteWriter } from "./byteWriter";
import { putFields } from "./fieldBytes";

/** The payload as it is written into bytes, undefined when it is left to the general encoder. */
function written<T extends EventType>(type: T, payload: Payloads[T], size = 65_536): string | undefined {
  const to = new ByteWriter(size);
  to.at = 5;
  return putFields(to, type, payload) ? Buffer.from(to.bytes.subarray(5, to.at)).toString() : undefined;
}

const name = fc.oneof(
  fc.constantFrom("web_search", "", 'say "hi"', "Zürich", "日本 \u{1f600}", "\ud800", "x".repeat(300)),
  fc.string({ maxLength: 300, unit: "binary" }),
);
const count = fc.oneof(fc.nat(20), fc.nat(2_000_000), fc.constantFrom(999_999, 1_000_000, Number.MAX_SAFE_INTEGER));
const decimal = fc.double();
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const scalar = fc.oneof(name, decimal, fc.boolean(), fc.constant(null));
const scalars = fc.dictionary(name, scalar, { maxKeys: 4 });
const injection_signal = fc.record({
  matched_pattern_count: count,
  matched_patterns: fc.array(name, { maxLength: 3 }),
  input_length: count,
});

describe("fields written as bytes", () => {
  it("are the payload of the encoder at the start of a run", () => {
    const started = fc.record({
      input_hash: maybe(name),
      input_length: maybe(count),
      model: maybe(name),
      tools: maybe(fc.array(name, { maxLength: 4 })),
      injection_signal: maybe(injection_signal),
      capture: fc.constantFrom("hash", "shape", "full") as fc.Arbitrary<"hash">,
      sdk: maybe(fc.record({ name, version: name })),
      attrs: maybe(scalars),
    });
    fc.assert(
      fc.property(started, (payload) => {
        expect(written("run.started", payload)).toBe(encodePayload("run.started", payload));
      }),
    );
  });

  it("are the payload of the encoder at the end of a run", () => {
    const ended = fc.record({
      exit_reason: fc.constantFrom("completed", "aborted") as fc.Arbitrary<"completed">,
      facts: maybe(
        fc.record({ steps: count, loop_tool: maybe(name), cost_usd: maybe(decimal), failure_share: decimal }),
      ),
      rules: maybe(name),
      baseline: maybe(fc.dictionary(name, decimal, { maxKeys: 3 })),
      attrs: maybe(scalars),
    });
    fc.assert(
      fc.property(ended, (payload) => {
        expect(written("run.completed", payload)).toBe(encodePayload("run.completed", payload));
      }),
    );
  });

  it("are the payload of the encoder for retrievals, whose score may be null", () => {
    const responded = fc.record({
      index_name: maybe(name),
      top_score: maybe(fc.option(decimal)),
      latency_ms: maybe(count),
    });
    fc.assert(
      fc.property(responded, (payload) => {
        expect(written("retrieval.responded", payload)).toBe(encodePayload("retrieval.responded", payload));
      }),
    );
  });

  it("are left to the encoder when there is raw content", () => {
    expect(written("input.received", { input_length: 3, input_text: "raw" })).toBeUndefined();
  });

  it("are left to the encoder when there may be no room", () => {
    const attrs = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`key-${at}`, "v".repeat(256)]));
    expect(written("run.started", { attrs }, 20_000)).toBeUndefined();
    expect(written("run.started", { attrs })).toBe(encodePayload("run.started", { attrs }));
    const evidence = { text: "v".repeat(10_000) };
    const signal = { severity: "LOW", confidence: 1, phase: "live", title: "t", evidence, shadow: false } as const;
    expect(written("signal.detected", { failure_type: "TOOL_LOOP", ...signal }, 20_000)).toBeUndefined();
    expect(written("signal.detected", { failure_type: "TOOL_LOOP", ...signal })).toContain('"evidence":{"text":"vvv');
  });
});
