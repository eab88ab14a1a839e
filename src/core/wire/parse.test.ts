import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLine } from "./parse";

const base = {
  ts: "2026-11-20T10:00:00.123456Z",
  level: "info",
  logger: "dunetrace",
  event_type: "tool.called",
  agent_id: "a",
  run_id: "r",
  step_index: 1,
  payload: { tool_name: "web", args_hash: "be671ec683edad8f", args_length: 25 },
  agent_version: "23038193",
  seq: 3,
  schema: 1,
};
const line = (changes: object = {}): string => JSON.stringify({ ...base, ...changes });
const legacy = (event_type: string, payload: object): string =>
  line({ event_type, payload, schema: undefined, seq: undefined });
const reduction = {
  hash: (text: string) => `h(${text})`,
  argumentsText: (args: unknown) => (typeof args === "string" ? args : JSON.stringify(args)),
};

function payloadOf(text: string): Record<string, unknown> {
  const result = parseLine(text, reduction);
  if (!result.ok) throw new Error(result.reason);
  return JSON.parse(JSON.stringify(result.line.payload));
}

describe("parseLine", () => {
  it("reads a line of this schema", () => {
    const result = parseLine(line());
    expect(result.ok && result.line).toMatchObject({
      event_type: "tool.called",
      run_id: "r",
      seq: 3,
      schema: 1,
      time: 1795168800123456,
    });
  });

  it("prefers event_ts as the time of the event and keeps the time of writing", () => {
    const result = parseLine(line({ event_ts: "2026-11-20T09:00:00Z" }));
    expect(result.ok && [result.line.time, result.line.written]).toEqual([1795165200000000, 1795168800123456]);
  });

  it.each<[string, string, string]>([
    ["", "blank", "empty line"],
    ["   \r", "blank", "empty line"],
    ["Server listens on 3000", "foreign", "not a Dunetrace line"],
    ['{"msg":"hi"}', "foreign", "not a Dunetrace line"],
    ["[1]", "foreign", "not a Dunetrace line"],
    ["null", "foreign", "not a Dunetrace line"],
    [line().slice(0, 60), "cut", "the line is cut off"],
    [`${line().slice(0, 90)}}`, "broken", "not valid JSON"],
    [line({ pad: "x".repeat(70_000) }), "oversized", "longer than 65536 bytes"],
    [line({ ts: "yesterday" }), "invalid", 'ts "yesterday" is no RFC 3339 time'],
    [line({ ts: undefined }), "invalid", "ts (missing) is no RFC 3339 time"],
    [line({ event_ts: 5 }), "invalid", "event_ts 5 is no RFC 3339 time"],
    [line({ agent_id: "" }), "invalid", 'agent_id "" is no agent id'],
    [line({ run_id: 7 }), "invalid", "run_id 7 is no run id"],
    [line({ run_id: "" }), "invalid", "tool.called without a run_id"],
    [line({ step_index: "1" }), "invalid", 'step_index "1" is no whole number from 0'],
    [line({ step_index: -1 }), "invalid", "step_index -1 is no whole number from 0"],
    [line({ seq: 1.5 }), "invalid", "seq 1.5 is no whole number from 0"],
    [line({ payload: [] }), "invalid", "payload (an array) is no object"],
    [line({ payload: {} }), "invalid", "tool.called without a valid tool_name"],
  ])("refuses %.40j as %s", (text, kind, reason) => {
    expect(parseLine(text)).toEqual({ ok: false, kind, reason });
  });

  it("keeps unknown event types and unknown failure types", () => {
    for (const changes of [
      { event_type: "memory.read", payload: { key: "x" } },
      {
        event_type: "signal.detected",
        payload: {
          failure_type: "NEW_ONE",
          severity: "HIGH",
          confidence: 1,
          phase: "final",
          title: "t",
          evidence: {},
          shadow: false,
        },
      },
    ]) {
      const result = parseLine(line(changes));
      expect(result.ok && "unknown" in result.line).toBe(true);
    }
  });

  it("takes null for absent, reads a fraction of a count half up and names fields of the wrong type", () => {
    const result = parseLine(
      line({
        event_type: "llm.responded",
        payload: { model: null, latency_ms: 12.5, prompt_tokens: -4, completion_tokens: "9", output_length: 3 },
      }),
    );
    expect(result.ok && result.line.payload).toEqual({ latency_ms: 13, output_length: 3 });
    expect(result.ok && result.oddFields).toEqual(["prompt_tokens", "completion_tokens"]);
  });

  it.each([
    ["end_turn", "stop"],
    ["STOP", "stop"],
    ["max_tokens", "length"],
    ["MAX_TOKENS", "length"],
    ["tool_use", "tool_calls"],
    ["function_call", "tool_calls"],
    ["something_new", undefined],
  ])("normalises the finish reason %s", (written, read) => {
    expect(payloadOf(line({ event_type: "llm.responded", payload: { finish_reason: written } })).finish_reason).toBe(
      read,
    );
  });

  it("takes the hash of nothing for unknown arguments, whoever wrote it", () => {
    expect(payloadOf(line({ payload: { tool_name: "a", args_hash: "e3b0c44298fc1c14" } }))).toEqual({ tool_name: "a" });
  });

  it("is total: any text is either read or refused with a reason", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ logger: fc.constant("dunetrace"), payload: fc.object() }).map((o) => JSON.stringify(o)),
        ),
        (text) => {
          const result = parseLine(text);
          expect(result.ok || result.reason.length > 0).toBe(true);
        },
      ),
    );
  });

  it("survives mutations of any key", () => {
    const wild = fc.oneof(
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.object(),
      fc.array(fc.integer()),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(base), "__proto__", "constructor"), wild, (key, value) => {
        expect(() => parseLine(line({ [key]: value }))).not.toThrow();
      }),
    );
  });
});

describe("lines of the Python package", () => {
  it("makes placeholders unknown", () => {
    expect(
      payloadOf(legacy("llm.responded", { completion_tokens: 0, latency_ms: 0, output_hash: "", output_length: 0 })),
    ).toEqual({ output_hash: "" });
    expect(
      payloadOf(legacy("llm.responded", { output_hash: "e3b0c44298fc1c14", output_length: 0 })).output_length,
    ).toBe(0);
    expect(payloadOf(legacy("run.started", { input_hash: "e3b0c44298fc1c14", model: "m", tools: [] }))).toEqual({
      model: "m",
    });
    for (const hash of ["44136fa355b3678a", "4f53cda18c2baa0c", "74234e98afe7498f", "dc937b59892604f5"]) {
      expect(payloadOf(legacy("tool.called", { tool_name: "a", args_hash: hash }))).toEqual({ tool_name: "a" });
    }
  });

  it("reduces raw content to hashes and lengths, and lets none through", () => {
    const cases: [string, object, object][] = [
      [
        "run.started",
        { input_text: "secret", system_prompt: "secret", model: "m" },
        { input_hash: "h(secret)", input_length: 6, model: "m" },
      ],
      [
        "tool.called",
        { tool_name: "a", args: '{"q":"secret"}' },
        { tool_name: "a", args_hash: 'h({"q":"secret"})', args_length: 14 },
      ],
      [
        "tool.responded",
        { tool_name: "a", success: true, output: "secret" },
        { tool_name: "a", success: true, output_length: 6 },
      ],
      ["llm.responded", { output: "secret", output_length: 99 }, { output_hash: "h(secret)", output_length: 99 }],
      ["retrieval.called", { index_name: "i", query: "" }, { index_name: "i" }],
      ["run.errored", { error_type: "E", error: "secret" }, { error_type: "E", error_hash: "h(secret)" }],
    ];
    for (const [event_type, written, read] of cases) {
      const result = parseLine(legacy(event_type, written), reduction);
      expect(result.ok && JSON.parse(JSON.stringify(result.line.payload))).toEqual(read);
      expect(result.ok && result.line.raw === true).toBe(JSON.stringify(written).includes("secret"));
    }
  });

  it("carries call_id for pairing", () => {
    const result = parseLine(legacy("llm.called", { model: "m", call_id: 4 }));
    expect(result.ok && result.line.call_id).toBe("4");
  });
});
