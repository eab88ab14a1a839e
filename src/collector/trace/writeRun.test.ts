import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, parseLine, rebuildRun } from "../../core";
import type { Line } from "../../core/wire";
import { componentOf } from "../dialects";
import type { Span } from "../otlp/span";
import { content, span, T0, TRACE_ID } from "../testSpans";
import { runOf } from "./run";
import { writeRun } from "./writeRun";

const PRICES = { knows: () => true, cost: () => 0.01 };

function linesOf(spans: readonly Span[], now = T0 + 10_000_000, excluded?: ReadonlySet<string>): Line[] {
  const run = runOf(spans.map((each) => componentOf(each, { content })));
  if (run === undefined) return [];
  const lines: Line[] = [];
  const write = (text: string): boolean => {
    const read = parseLine(text.trimEnd());
    if (!read.ok || "unknown" in read.line) throw new Error(text);
    lines.push(read.line);
    return true;
  };
  const rulesFor = () => ({ settings: DEFAULT_SETTINGS, baseline: {}, rules: "00000000" });
  writeRun(run, { write, clock: () => now, content, prices: PRICES, rulesFor, excluded });
  return lines;
}

const told = (lines: readonly Line[]) => lines.map(({ event_type, step_index }) => `${event_type} ${step_index}`);
const end = (lines: readonly Line[]) => {
  const last = lines.at(-1);
  if (last?.event_type !== "run.completed" && last?.event_type !== "run.errored") throw new Error("no end");
  return last;
};

const agent = (fields: Parameters<typeof span>[2] = {}) =>
  span(
    "invoke_agent a",
    { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "planner" },
    { id: "agent", to: 1000, ...fields },
  );
const chat = (
  id: string,
  from: number,
  to: number,
  attributes: Parameters<typeof span>[1] = {},
  fields: Parameters<typeof span>[2] = {},
) =>
  span(
    "chat",
    {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 5,
      "gen_ai.response.finish_reasons": ["stop"],
      ...attributes,
    },
    { id, parent: "agent", from, to, ...fields },
  );
const tool = (id: string, from: number, to: number, fields: Parameters<typeof span>[2] = {}) =>
  span(
    "execute_tool search",
    { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "search" },
    { id, parent: "agent", from, to, ...fields },
  );
const plain = () => [
  agent(),
  chat("c1", 0, 100, { "gen_ai.response.finish_reasons": ["tool_calls"] }),
  tool("t1", 200, 300),
  chat("c2", 400, 500),
];

describe("a traced run", () => {
  it("becomes the lines of a run, in order", () => {
    const lines = linesOf(plain());
    expect(told(lines)).toEqual([
      "run.started 0",
      "llm.called 1",
      "llm.responded 1",
      "tool.called 2",
      "tool.responded 2",
      "llm.called 3",
      "llm.responded 3",
      "run.completed 3",
    ]);
    expect(lines[0]).toMatchObject({
      agent_id: "planner",
      run_id: "0af76519-16cd-43dd-8448-eb211c80319c",
      trace_id: TRACE_ID,
      payload: { model: "gpt-4o", source: "otlp" },
    });
    expect(end(lines).payload).toMatchObject({ exit_reason: "final_answer", tool_call_count: 1 });
    expect(end(lines).payload.facts).toEqual(rebuildRun(lines).facts);
  });

  it("is the same however its spans are shuffled", () => {
    const expected = linesOf(plain());
    fc.assert(
      fc.property(fc.shuffledSubarray(plain(), { minLength: 4 }), (spans) => {
        expect(linesOf(spans)).toEqual(expected);
      }),
    );
  });

  it("has strictly rising times, and the time of writing where events are old or ahead", () => {
    for (const now of [T0 + 10_000_000, T0 + 7_200_000_000, T0 - 7_200_000_000, T0 + 2_700_000_300_000 / 1000]) {
      const lines = linesOf(plain(), now);
      for (const [index, line] of lines.entries()) {
        const before = lines[index - 1];
        if (before === undefined) continue;
        expect(line.time).toBeGreaterThan(before.time);
        expect(line.written ?? line.time).toBeGreaterThan(before.written ?? before.time);
      }
      expect(lines[1]?.time).toBe(T0 + 1);
    }
    expect(linesOf(plain()).every(({ written }) => written === undefined)).toBe(true);
  });

  it("counts a call once that two tracers tell of, one inside the other", () => {
    const generator = span(
      "haystack.component.run",
      { "haystack.component.type": "OpenAIChatGenerator" },
      { id: "gen", parent: "agent", from: 10, to: 120 },
    );
    const outer = span(
      "haystack.openai.chat",
      { "llm.request.type": "chat" },
      { id: "mid", parent: "gen", from: 12, to: 110 },
    );
    const lines = linesOf([agent(), generator, outer, chat("c1", 20, 100, {}, { parent: "mid" })]);
    expect(end(lines).payload.facts).toMatchObject({ llm_calls: 1, prompt_tokens: 10 });
  });

  it("counts siblings with one response id once, and believes the provider's own tracer", () => {
    const own = chat(
      "own",
      0,
      100,
      { "gen_ai.response.id": "r1", "gen_ai.usage.output_tokens": 5 },
      { scope: { name: "com.anthropic.sdk.python", version: "2" } },
    );
    const other = chat("other", 1, 101, { "gen_ai.response.id": "r1", "gen_ai.usage.output_tokens": 6 });
    expect(end(linesOf([agent(), own, other])).payload.facts).toMatchObject({ llm_calls: 1, completion_tokens: 5 });
  });

  it("counts each call to which a cache gave the same answer again", () => {
    const scope = { name: "opentelemetry.instrumentation.openai.v1", version: "1" };
    const again = { "gen_ai.response.id": "r1" };
    const calls = [chat("c1", 0, 100, again, { scope }), chat("c2", 200, 300, again, { scope })];
    expect(end(linesOf([agent(), ...calls])).payload.facts).toMatchObject({ llm_calls: 2, prompt_tokens: 20 });
    const atOnce = [chat("c1", 0, 100, again, { scope }), chat("c2", 50, 150, again, { scope })];
    expect(end(linesOf([agent(), ...atOnce])).payload.facts).toMatchObject({ llm_calls: 2 });
    const elsewhere = { name: "com.anthropic.sdk.python", version: "2" };
    const twice = [
      ...calls,
      chat("o1", 1, 99, again, { scope: elsewhere }),
      chat("o2", 201, 299, again, { scope: elsewhere }),
    ];
    expect(end(linesOf([agent(), ...twice])).payload.facts).toMatchObject({ llm_calls: 2, prompt_tokens: 20 });
  });

  it("counts a failed call once that two tracers tell of side by side, without an answer and its id", () => {
    const own = { scope: { name: "com.anthropic.sdk.python", version: "2" }, status: "error" as const };
    const other = {
      scope: { name: "opentelemetry.instrumentation.anthropic", version: "1" },
      status: "error" as const,
    };
    const failed = [
      chat("a1", 0, 100, {}, other),
      chat("b1", 2, 90, {}, own),
      chat("a2", 50, 160, {}, other),
      chat("b2", 52, 150, {}, own),
      chat("a3", 200, 300, {}, other),
    ];
    expect(end(linesOf([agent(), ...failed])).payload.facts).toMatchObject({ llm_calls: 3 });
    const model = { "gen_ai.request.model": "claude-sonnet-5-5" };
    const apart = [chat("a1", 0, 100, {}, other), chat("b1", 2, 90, model, own), chat("b2", 101, 110, {}, own)];
    expect(end(linesOf([agent(), ...apart])).payload.facts).toMatchObject({ llm_calls: 3 });
  });

  it("is not slowed down by thousands of calls with one id", () => {
    const count = 6000;
    const calls = Array.from({ length: count }, (_, at) => ({
      ...chat("c", 2 * at, 2 * at + 1, { "gen_ai.response.id": "r1" }, { scope: { name: "tracer", version: "1" } }),
      spanId: at.toString(16).padStart(16, "0"),
    }));
    const started = performance.now();
    expect(end(linesOf([agent(), ...calls])).payload.facts).toMatchObject({ llm_calls: count });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("counts a fallback's attempts, and gives the good one what the span around them knows", () => {
    const outer = span(
      "haystack.component.run",
      {
        "haystack.component.type": "FallbackChatGenerator",
        "haystack.component.output": JSON.stringify({
          replies: [{ meta: { usage: { prompt_tokens: 9, completion_tokens: 3 } }, content: [] }],
        }),
      },
      { id: "gen", parent: "agent", from: 0, to: 100 },
    );
    const inner = (id: string, from: number, to: number, status: "error" | "unset") =>
      span("haystack.chat_generator.run", {}, { id, parent: "gen", from, to, status });
    const lines = linesOf([agent(), outer, inner("bad", 1, 40, "error"), inner("good", 50, 90, "unset")]);
    expect(end(lines).payload.facts).toMatchObject({ llm_calls: 2, prompt_tokens: 9 });
  });

  it("keeps the tools below a model's span", () => {
    const doGenerate = span(
      "ai.generateText.doGenerate",
      { "ai.operationId": "ai.generateText.doGenerate" },
      { id: "do", parent: "agent", from: 0, to: 100 },
    );
    expect(end(linesOf([agent(), doGenerate, tool("t1", 90, 110, { parent: "do" })])).payload.facts).toMatchObject({
      llm_calls: 1,
      tool_calls: 1,
    });
  });

  it("does not add the sums on parents", () => {
    const root = span(
      "ai.generateText",
      { "ai.operationId": "ai.generateText", "ai.usage.inputTokens": 99, "ai.telemetry.functionId": "f" },
      { id: "agent", to: 1000 },
    );
    const lines = linesOf([root, chat("c1", 0, 10), chat("c2", 20, 30)]);
    expect(end(lines)).toMatchObject({ agent_id: "f", payload: { facts: { llm_calls: 2, prompt_tokens: 20 } } });
  });

  it("leaves declared tools unknown when the model called some that have no spans", () => {
    const root = span(
      "invoke_agent a",
      { "gen_ai.operation.name": "invoke_agent", "dunetrace.tools": "search,mail" },
      { id: "agent", to: 1000 },
    );
    const asked = { "gen_ai.response.finish_reasons": ["tool_calls"] };
    expect(end(linesOf([root, chat("c1", 0, 10, asked)])).payload.facts?.tools_available).toBeUndefined();
    expect(end(linesOf([root, chat("c1", 0, 10)])).payload.facts?.tools_available).toBe(2);
  });

  it("tells a failed run, one that was cut off and one that ran out of steps", () => {
    const failed = linesOf([agent({ status: "error", statusMessage: "x" }), chat("c1", 0, 10)]);
    expect(end(failed)).toMatchObject({ event_type: "run.errored", payload: { exit_reason: "error" } });
    expect(end(linesOf([tool("t1", 0, 10)])).payload.exit_reason).toBe("aborted");
    const steps = { "haystack.agent.steps_taken": 5, "haystack.agent.max_steps": 5 };
    const limited = span("haystack.agent.run", steps, { id: "agent", to: 900 });
    expect(end(linesOf([limited, chat("c1", 0, 10), tool("t1", 10, 20)])).payload.exit_reason).toBe("max_steps");
  });

  it("takes a run for cut off whose agent never came to its end, whatever the model said last", () => {
    const exit = (...spans: Span[]) => end(linesOf(spans)).payload.exit_reason;
    expect(exit(tool("t1", 0, 10), chat("c1", 20, 30))).toBe("aborted");
    expect(exit(agent({ parent: "gone" }), tool("t1", 0, 10), chat("c1", 20, 30))).toBe("final_answer");
    expect(exit(agent(), tool("t1", 0, 10, { parent: "lost" }), chat("c1", 20, 30))).toBe("final_answer");
    const remote = agent({ parent: "caller", parentIsRemote: true });
    expect(exit(remote, tool("t1", 0, 10, { parent: "lost" }), chat("c1", 20, 30))).toBe("final_answer");
  });

  it("does not take an answer in the last step for running out of steps, nor a tool that ends the agent", () => {
    const limited = (last: string) =>
      span(
        "haystack.agent.run",
        {
          "haystack.agent.steps_taken": 2,
          "haystack.agent.max_steps": 2,
          "haystack.agent.exit_conditions": JSON.stringify([last]),
        },
        { id: "agent", to: 900 },
      );
    const steps = [chat("c1", 0, 10), tool("t1", 10, 20)];
    const exit = (...spans: Span[]) => end(linesOf(spans)).payload.exit_reason;
    expect(exit(limited("text"), ...steps, chat("c2", 30, 40))).toBe("final_answer");
    expect(exit(limited("search"), ...steps)).toBe("final_answer");
    expect(exit(limited("search"), chat("c1", 0, 10), tool("t1", 10, 20, { status: "error" }))).toBe("max_steps");
    expect(exit(limited("mail"), ...steps)).toBe("max_steps");
  });

  it("counts a model once that is built as an agent, and all calls of such an agent", () => {
    const outer = span("haystack.component.run", { "haystack.component.type": "LLM" }, { id: "agent", to: 900 });
    const inner = span("haystack.agent.run", {}, { id: "inner", parent: "agent", to: 890 });
    const calls = (...spans: Span[]) => end(linesOf([outer, inner, ...spans])).payload.facts;
    const first = chat("c1", 0, 10, {}, { parent: "inner" });
    expect(calls(first)).toMatchObject({ llm_calls: 1, prompt_tokens: 10 });
    expect(calls(first, chat("c2", 20, 30, {}, { parent: "inner" }))).toMatchObject({
      llm_calls: 2,
      prompt_tokens: 20,
    });
  });

  it("ends as the last of its agents did, and not as one that was a tool", () => {
    const spent = { "haystack.agent.steps_taken": 1, "haystack.agent.max_steps": 1 };
    const going = { "haystack.agent.steps_taken": 2, "haystack.agent.max_steps": 9 };
    const inner = span("haystack.agent.run", spent, { id: "inner", parent: "t1", from: 20, to: 80 });
    const nested = [
      span("haystack.agent.run", going, { id: "agent", to: 900 }),
      chat("c1", 0, 10),
      tool("t1", 10, 90),
      inner,
      chat("c2", 20, 30, {}, { parent: "inner" }),
      tool("t2", 30, 70, { parent: "inner" }),
      chat("c3", 90, 100),
    ];
    expect(end(linesOf(nested)).payload.exit_reason).toBe("final_answer");
    const pipeline = span("haystack.pipeline.run", {}, { id: "agent", to: 900 });
    const first = span("haystack.agent.run", spent, { id: "first", parent: "agent", to: 50 });
    const second = span("haystack.agent.run", going, { id: "second", parent: "agent", from: 50, to: 100 });
    const calls = [
      chat("c1", 0, 10, {}, { parent: "first" }),
      tool("t1", 10, 20, { parent: "first" }),
      chat("c2", 60, 70, {}, { parent: "second" }),
    ];
    expect(end(linesOf([pipeline, first, second, ...calls])).payload.exit_reason).toBe("final_answer");
  });

  it("sees through requests and handlers to the agent that failed", () => {
    const request = span("POST /mcp", {}, { id: "http", kind: 2, to: 1000 });
    const handler = span(
      "hayhooks.mcp.call_tool",
      { "hayhooks.tool.name": "rag" },
      { id: "call", parent: "http", to: 990 },
    );
    const failed = span(
      "hayhooks.mcp.run_pipeline_tool",
      { "hayhooks.pipeline.name": "rag", "hayhooks.success": false, "hayhooks.error.type": "ValueError" },
      { id: "agent", parent: "call", to: 980 },
    );
    const lines = linesOf([request, handler, failed, chat("c1", 0, 10)]);
    expect(end(lines)).toMatchObject({ agent_id: "rag", payload: { exit_reason: "error", error_type: "ValueError" } });
    expect(lines[0]?.payload).toMatchObject({ kind: "mcp", attrs: { pipeline: "rag" } });
  });

  it("says why a request failed although its own span only has a status", () => {
    const request = span(
      "POST /rag/run",
      { "http.status_code": 500 },
      { id: "http", kind: 2, to: 1000, status: "error" },
    );
    const reason = { "hayhooks.success": false, "hayhooks.error.type": "ValueError", "hayhooks.error.message": "x" };
    const failed = span("hayhooks.pipeline.run", reason, { id: "agent", parent: "http", to: 980 });
    expect(end(linesOf([request, failed])).payload).toMatchObject({
      exit_reason: "error",
      error_type: "ValueError",
      error_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("ends aborted, and not failed, where the client went away", () => {
    const request = span("POST /chat/completions", {}, { id: "http", kind: 2, to: 40 });
    const run = (type: string) => {
      const reason = { "hayhooks.success": false, "hayhooks.error.type": type, "hayhooks.error.message": "gone" };
      const stopped = span("hayhooks.openai.run", reason, { id: "agent", parent: "http", to: 30, status: "error" });
      return end(linesOf([request, stopped, chat("c1", 0, 10)]));
    };
    for (const type of ["CancelledError", "GeneratorExit"]) {
      expect(run(type)).toMatchObject({ event_type: "run.completed", payload: { exit_reason: "aborted" } });
    }
    expect(run("TimeoutError").payload.exit_reason).toBe("error");
    // Hayhooks never sends the span of a stream that nobody reads; the pipeline in it goes on.
    const pipeline = span("haystack.pipeline.run", {}, { id: "agent", parent: "never", to: 900 });
    expect(end(linesOf([request, pipeline, chat("c1", 50, 890)])).payload.exit_reason).toBe("aborted");
    const waited = span("POST /chat/completions", {}, { id: "http", kind: 2, to: 950 });
    expect(end(linesOf([waited, pipeline, chat("c1", 50, 890)])).payload.exit_reason).toBe("final_answer");
  });

  it("puts a call behind the one that ended within the ms its start was cut to", () => {
    const sharp = { ...tool("t1", 0, 0), end: T0 + 100_400 };
    expect(told(linesOf([agent(), sharp, chat("c1", 100, 200)])).slice(1, 4)).toEqual([
      "tool.called 1",
      "tool.responded 1",
      "llm.called 2",
    ]);
  });

  it("leaves out the pieces of a request, and spans by their name or a pattern of it", () => {
    const request = span("POST /chat", {}, { id: "http", kind: 2, to: 1000 });
    const inner = (name: string, attributes = {}) => span(name, attributes, { id: name, parent: "http", to: 5 });
    const event = { "asgi.event.type": "http.response.body" };
    const spans = [
      request,
      inner("POST /chat http send", event),
      inner("guard"),
      inner("cache get"),
      inner("cache put"),
    ];
    const write = (excluded?: ReadonlySet<string>) =>
      linesOf([...spans, agent({ parent: "http" })], undefined, excluded).flatMap(({ event_type, payload }) =>
        event_type === "span.ended" ? [payload.name] : [],
      );
    expect(write()).toEqual(["cache get", "cache put", "guard"]);
    expect(write(new Set(["cache *"]))).toEqual(["guard"]);
    expect(write(new Set(["guard", "cache"]))).toEqual(["cache get", "cache put"]);
  });

  it("puts what took less than a ms behind the call whose ms it was cut to, and the next call behind it", () => {
    const model = { ...chat("c1", 98, 0), end: T0 + 100_850 };
    const sharp = { ...tool("t1", 100, 0), end: T0 + 100_040 };
    const parallel = { ...tool("t2", 100, 0), end: T0 + 100_050 };
    const lines = linesOf([agent(), sharp, parallel, model, chat("c2", 100, 200)]);
    expect(told(lines).slice(1, 9)).toEqual([
      "llm.called 1",
      "llm.responded 1",
      ...["tool.called 2", "tool.called 3", "tool.responded 2", "tool.responded 3"],
      "llm.called 4",
      "llm.responded 4",
    ]);
    expect(lines[4]?.time).toBeLessThan(T0 + 101_000);
    // A tracer that tells its starts to the µs is believed: this tool was called while the model still wrote.
    const exact = { ...tool("t1", 0, 0), start: T0 + 100_001, end: T0 + 100_040 };
    expect(told(linesOf([agent(), exact, model])).slice(1, 3)).toEqual(["llm.called 1", "tool.called 2"]);
  });

  it("writes other components as span.ended, and the signals before the end", () => {
    const builder = span(
      "haystack.component.run",
      { "haystack.component.type": "PromptBuilder", "haystack.component.name": "prompt" },
      { id: "b", parent: "agent", from: 5, to: 6 },
    );
    const loop = Array.from({ length: 12 }, (_, index) => ({
      ...tool(`t${index}`, 10 + index * 20, 20 + index * 20),
      attributes: new Map<string, string>([
        ["gen_ai.operation.name", "execute_tool"],
        ["gen_ai.tool.name", "search"],
        ["gen_ai.tool.call.arguments", '{"q":1}'],
      ]),
    }));
    const lines = linesOf([agent(), builder, ...loop]);
    expect(lines.find(({ event_type }) => event_type === "span.ended")?.payload).toMatchObject({
      label: "prompt",
      status: "ok",
      duration_ms: 1,
    });
    expect(
      lines.filter(({ event_type }) => event_type === "signal.detected").map(({ payload }) => payload),
    ).toContainEqual(expect.objectContaining({ failure_type: "TOOL_LOOP", phase: "final" }));
    expect(end(lines).payload.signals).toHaveProperty("TOOL_LOOP");
  });

  it("is none where nothing of an agent happened", () => {
    const traces = [
      span("create_agent a", { "gen_ai.operation.name": "create_agent" }),
      span("haystack.tracing.auto_enable", {}, { status: "error" }),
      span("hayhooks.pipeline.startup.deploy"),
      span("GET /status", {}, { kind: 2 }),
      span("hayhooks.mcp.list_tools"),
      span("CreateEmbeddings", { "openinference.span.kind": "EMBEDDING" }),
    ];
    for (const trace of traces) expect(linesOf([trace])).toEqual([]);
  });

  it("survives rings of parents and chains as deep as a trace may be", () => {
    expect(told(linesOf([chat("a", 0, 10, {}, { parent: "b" }), tool("b", 0, 10, { parent: "a" })]))).toHaveLength(6);
    const deep = Array.from({ length: 3000 }, (_, index) =>
      span("x", {}, { id: `s${index}`, ...(index === 0 ? {} : { parent: `s${index - 1}` }) }),
    );
    expect(linesOf([...deep, chat("last", 0, 10, {}, { parent: "s2999" })]).length).toBeGreaterThan(3000);
  });
});
