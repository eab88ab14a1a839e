import { describe, expect, it } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { SpanCalls } from "./calls";
import { kindOf } from "./kind";
import type { SpanView } from "./span";

const span = (name: string, attributes: Record<string, unknown>, more: Partial<SpanView> = {}): SpanView => ({
  id: name,
  parentId: undefined,
  name,
  attributes,
  events: [],
  failed: false,
  statusMessage: undefined,
  start: 0,
  end: undefined,
  ...more,
});

function tell(...spans: readonly SpanView[]) {
  const client = new RecordedClient();
  const calls = new SpanCalls(client.dt.startRun("agent"));
  for (const one of spans) calls.started(one);
  for (const one of spans.toReversed()) calls.ended(one);
  return client;
}

describe("span shapes of the AI SDK", () => {
  it.each([
    ["4", { "ai.usage.promptTokens": 12, "ai.usage.completionTokens": 3, "ai.response.finishReason": "tool-calls" }],
    ["6", { "ai.usage.inputTokens": 12, "ai.usage.outputTokens": 3, "ai.response.finishReason": "tool-calls" }],
    [
      "7",
      {
        "gen_ai.usage.input_tokens": 12,
        "gen_ai.usage.output_tokens": 3,
        "gen_ai.response.finish_reasons": ["tool-calls"],
      },
    ],
  ])("of version %s are read", (version, attributes) => {
    const chat =
      version === "7" ? { "gen_ai.operation.name": "chat" } : { "ai.operationId": "ai.generateText.doGenerate" };
    const client = tell(span("call", { ...chat, "ai.model.id": "gpt-4o", ...attributes }));
    expect(client.of("llm.responded")[0]?.payload).toMatchObject({
      prompt_tokens: 12,
      completion_tokens: 3,
      finish_reason: "tool_calls",
    });
  });

  it("keep tools below a model call, as those of version 7 are", () => {
    const client = tell(
      span("ai.generateText.doGenerate", { "ai.operationId": "ai.generateText.doGenerate" }),
      span("ai.toolCall", { "ai.toolCall.name": "search" }, { parentId: "ai.generateText.doGenerate" }),
    );
    expect(client.of("tool.called")[0]?.payload.tool_name).toBe("search");
  });
});

describe("arguments", () => {
  it("have one hash, whatever a tracer wraps around them", () => {
    const tool = { "gen_ai.tool.name": "search" };
    const wrapped = { input_str: "x", metadata: { langgraph_step: 3 }, inputs: { q: "x" } };
    const hashes = [
      { "gen_ai.tool.call.arguments": '{"q":"x"}' },
      { "gen_ai.tool.call.arguments": JSON.stringify(wrapped) },
      { "traceloop.entity.input": '{"args":[],"kwargs":{"q":"x"}}' },
    ].map((attributes) => tell(span("t", { ...tool, ...attributes })).of("tool.called")[0]?.payload.args_hash);
    expect(new Set(hashes).size).toBe(1);
  });
});

describe("kindOf", () => {
  it.each([
    ["embeddings", { "gen_ai.operation.name": "embeddings", "gen_ai.request.model": "e" }, "other"],
    ["ai.embed.doEmbed", {}, "other"],
    ["x", { "openinference.span.kind": "retriever" }, "retrieval"],
    ["x", { "traceloop.span.kind": "task", "gen_ai.request.model": "m" }, "other"],
    ["x", { "gen_ai.request.model": "m" }, "llm"],
    ["GET /", {}, "other"],
  ])("classifies %s", (name, attributes, kind) => {
    expect(kindOf({ name, attributes })).toBe(kind);
  });
});
