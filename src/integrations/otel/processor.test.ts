import { context, ROOT_CONTEXT, SpanStatusCode, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { generateText, jsonSchema, stepCountIs, tool } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { afterAll, describe, expect, it } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { attach, DunetraceSpanProcessor } from ".";
import { Contexts } from "./testing/contexts";

const QUERY = jsonSchema<{ q: string }>({ type: "object", properties: { q: { type: "string" } } });

afterAll(() => context.disable());

function recorded(agentId?: string) {
  const client = new RecordedClient({ clock: undefined });
  const processor = new DunetraceSpanProcessor(client.dt, { agentId });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  return { client, provider, processor, tracer: provider.getTracer("test") };
}

function told(client: RecordedClient) {
  expect(client.texts.join("")).not.toContain("CANARY");
  expect(client.dt.counters.faults).toBe(0);
  return client.types.filter((type) => type !== "signal.detected");
}

const CHAT = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o", "gen_ai.provider.name": "openai" };
const ANSWER = {
  "gen_ai.usage.input_tokens": 111,
  "gen_ai.usage.output_tokens": 22,
  "gen_ai.usage.cache_read.input_tokens": 64,
  "gen_ai.response.finish_reasons": ["stop"],
};

describe("DunetraceSpanProcessor", () => {
  it("makes a trace a run with the trace's id", () => {
    const { client, tracer } = recorded();
    const root = tracer.startSpan("invoke_agent museum", {
      attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "museum" },
    });
    const below = trace.setSpan(ROOT_CONTEXT, root);
    const search = tracer.startSpan("execute_tool search", {}, below);
    search.setAttributes({
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "search",
      "gen_ai.tool.call.arguments": '{"q":"CANARY"}',
      "gen_ai.tool.call.result": "CANARY-found",
    });
    search.end();
    const docs = tracer.startSpan("retrieval docs", { attributes: { "gen_ai.operation.name": "retrieval" } }, below);
    docs.setAttribute("gen_ai.retrieval.documents", '[{"id":"1","score":0.5}]');
    docs.setAttribute("gen_ai.data_source.id", "docs");
    docs.end();
    const chat = tracer.startSpan("chat gpt-4o", { attributes: CHAT }, below);
    // A second instrumentation of the same call.
    const inner = tracer.startSpan("openai.chat", { attributes: CHAT }, trace.setSpan(below, chat));
    inner.setAttributes(ANSWER).end();
    chat.end();
    root.end();

    const { traceId } = root.spanContext();
    expect(told(client)).toEqual([
      "run.started",
      "tool.called",
      "tool.responded",
      "retrieval.called",
      "retrieval.responded",
      "llm.called",
      "llm.responded",
      "run.completed",
    ]);
    expect(client.raw("run.started")).toMatchObject({ agent_id: "museum", trace_id: traceId });
    expect(String(client.raw("run.started").run_id).replaceAll("-", "")).toBe(traceId);
    expect(client.of("tool.called")[0]).toMatchObject({
      span_id: search.spanContext().spanId,
      parent_span_id: root.spanContext().spanId,
      payload: { tool_name: "search", args_length: 14 },
    });
    expect(client.of("retrieval.responded")[0]?.payload).toMatchObject({ result_count: 1, top_score: 0.5 });
    expect(client.of("llm.responded").map(({ payload }) => payload)).toMatchObject([
      { prompt_tokens: 111, completion_tokens: 22, cache_read_tokens: 64, finish_reason: "stop" },
    ]);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("final_answer");
  });

  it("makes no run of traces without an agent", () => {
    const { client, tracer } = recorded();
    const root = tracer.startSpan("GET /health");
    tracer.startSpan("SELECT", {}, trace.setSpan(ROOT_CONTEXT, root)).end();
    root.end();
    expect(client.texts).toEqual([]);
  });

  it("tells errors without their messages", () => {
    const { client, tracer } = recorded("support");
    const root = tracer.startSpan("POST /chat");
    const chat = tracer.startSpan("chat gpt-4o", { attributes: CHAT }, trace.setSpan(ROOT_CONTEXT, root));
    for (const span of [chat, root]) {
      span.recordException(Object.assign(new Error("CANARY"), { name: "RateLimitError" }));
      span.setStatus({ code: SpanStatusCode.ERROR, message: "CANARY" });
      span.end();
    }
    expect(told(client)).toEqual(["run.started", "llm.called", "llm.responded", "run.errored"]);
    expect(client.raw("run.started").agent_id).toBe("support");
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ exit_reason: "error", error_type: "RateLimitError" });
  });

  it("waits for spans that outlive the root, and gives a second run of one trace an id of its own", () => {
    const { client, tracer } = recorded();
    const root = tracer.startSpan("POST /chat");
    const below = trace.setSpan(ROOT_CONTEXT, root);
    const chat = tracer.startSpan("chat gpt-4o", { attributes: CHAT }, below);
    root.end();
    expect(client.of("run.completed")).toHaveLength(0);
    chat.setAttributes(ANSWER).end();
    expect(client.of("run.completed")).toHaveLength(1);
    tracer.startSpan("chat gpt-4o", { attributes: CHAT }, below).end();
    const ids = client.of("run.started").map(({ run_id, trace_id }) => [run_id, trace_id]);
    expect(ids[1]?.[0]).not.toBe(ids[0]?.[0]);
    expect(ids[1]?.[1]).toBe(ids[0]?.[1]);
  });

  it("lets go of traces that never end", async () => {
    const { client, tracer, processor } = recorded();
    for (let index = 0; index < 1005; index++) tracer.startSpan("chat gpt-4o", { attributes: CHAT });
    expect(client.of("run.completed")).toHaveLength(5);
    await processor.shutdown();
    expect(client.of("run.completed")).toHaveLength(1005);
    expect(new Set(client.of("run.completed").map(({ payload }) => payload.exit_reason))).toEqual(new Set(["aborted"]));
  });

  it("reads the real AI SDK", async () => {
    context.setGlobalContextManager(new Contexts());
    const { client, tracer } = recorded();
    const usage = {
      inputTokens: { total: 7, noCache: 7, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 3, text: 3, reasoning: undefined },
    };
    let asked = 0;
    const model = new MockLanguageModelV3({
      doGenerate: async () => {
        asked++;
        const call = {
          type: "tool-call" as const,
          toolCallId: `c${asked}`,
          toolName: "search",
          input: '{"q":"CANARY"}',
        };
        const answer = { type: "text" as const, text: "CANARY-answer" };
        return asked === 1
          ? { content: [call], finishReason: { unified: "tool-calls", raw: undefined }, usage, warnings: [] }
          : { content: [answer], finishReason: { unified: "stop", raw: undefined }, usage, warnings: [] };
      },
    });
    const search = tool({ inputSchema: QUERY, execute: async () => "CANARY-found" });
    await generateText({
      model,
      prompt: "CANARY",
      tools: { search },
      stopWhen: stepCountIs(3),
      experimental_telemetry: { isEnabled: true, functionId: "museum", tracer },
    });
    const round = ["llm.called", "llm.responded"];
    expect(told(client)).toEqual(["run.started", ...round, "tool.called", "tool.responded", ...round, "run.completed"]);
    expect(client.raw("run.started")).toMatchObject({ agent_id: "museum" });
    expect(client.of("run.completed")[0]?.payload.facts).toMatchObject({ prompt_tokens: 14, completion_tokens: 6 });
  });
});

describe("attach", () => {
  it("adds the processor where the provider takes one, behind a proxy too", () => {
    const added: unknown[] = [];
    const old = { addSpanProcessor: (processor: unknown) => added.push(processor) };
    const { dt } = new RecordedClient();
    expect(attach(old, dt)).toBe(added[0]);
    attach({ getDelegate: () => old }, dt, { agentId: "a" });
    expect(added).toHaveLength(2);
  });

  it("names the line to write where it does not", () => {
    const { client, provider } = recorded();
    expect(() => attach(provider, client.dt)).toThrow("spanProcessors: [new DunetraceSpanProcessor(dt)]");
  });
});
