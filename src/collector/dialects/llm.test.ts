import { describe, expect, it } from "vitest";
import { content, hash, span, T0 } from "../testSpans";
import { componentOf } from ".";
import { chat, json, llm } from "./testDialects";

describe("model calls", () => {
  it("reads the same call from the names of every dialect", () => {
    const reply = {
      role: "assistant",
      meta: {
        model: "gpt-4o-2024-08-06",
        finish_reason: "length",
        usage: {
          prompt_tokens: 100,
          completion_tokens: 20,
          prompt_tokens_details: { cached_tokens: 64 },
          completion_tokens_details: { reasoning_tokens: 8 },
        },
      },
      content: [{ text: "Hello" }],
    };
    const spans = [
      chat({
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 20,
        "gen_ai.usage.cache_read.input_tokens": 64,
        "gen_ai.usage.reasoning.output_tokens": 8,
        "gen_ai.response.finish_reasons": ["length"],
        "gen_ai.output.messages": json([{ role: "assistant", parts: [{ type: "text", content: "Hello" }] }]),
      }),
      span("openai.chat", {
        "llm.request.type": "chat",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.usage.prompt_tokens": 100,
        "gen_ai.usage.completion_tokens": 20,
        "gen_ai.usage.cache_read_input_tokens": 64,
        "gen_ai.usage.reasoning_tokens": 8,
        "gen_ai.completion.0.finish_reason": "length",
        "gen_ai.completion.0.content": "Hello",
      }),
      span("ChatCompletion", {
        "openinference.span.kind": "LLM",
        "llm.response.model_name": "gpt-4o-2024-08-06",
        "llm.token_count.prompt": 100,
        "llm.token_count.completion": 20,
        "llm.token_count.prompt_details.cache_read": 64,
        "llm.token_count.completion_details.reasoning": 8,
        "llm.finish_reason": "length",
        "llm.output_messages.0.message.content": "Hello",
      }),
      span("ai.generateText.doGenerate", {
        "ai.operationId": "ai.generateText.doGenerate",
        "ai.response.model": "gpt-4o-2024-08-06",
        "ai.usage.promptTokens": 100,
        "ai.usage.completionTokens": 20,
        "ai.usage.cachedInputTokens": 64,
        "ai.usage.reasoningTokens": 8,
        "ai.response.finishReason": "length",
        "ai.response.text": "Hello",
      }),
      span("haystack.component.run", {
        "haystack.component.type": "OpenAIChatGenerator",
        "haystack.component.output": json({ replies: [reply] }),
      }),
      span("haystack.agent.step.llm", { "haystack.agent.step.llm.output": json({ replies: [reply] }) }),
      span("haystack.component.run", {
        "haystack.component.type": "OpenAIGenerator",
        "haystack.component.output": json({ replies: ["Hello"], meta: [reply.meta] }),
      }),
    ];
    for (const each of spans) {
      expect(llm(each).answer).toMatchObject({
        model: "gpt-4o-2024-08-06",
        prompt_tokens: 100,
        completion_tokens: 20,
        cache_read_tokens: 64,
        reasoning_tokens: 8,
        finish_reason: "length",
        output_length: 5,
        output_hash: hash("Hello"),
        latency_ms: 100,
      });
    }
  });

  // As the generators of haystack-ai 3.4 and the integrations of late 2026 pass them on.
  it.each([
    ["OpenAI", { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }, {}],
    [
      "OpenAI with cached and reasoning parts",
      {
        prompt_tokens: 7,
        completion_tokens: 3,
        total_tokens: 10,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: null },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
      { cache_read_tokens: 4, reasoning_tokens: 2 },
    ],
    [
      "OpenAI's Responses API",
      { input_tokens: 7, output_tokens: 3, input_tokens_details: { cached_tokens: 4 } },
      { cache_read_tokens: 4 },
    ],
    [
      "Anthropic",
      { prompt_tokens: 7, completion_tokens: 3, cache_read_input_tokens: 4, cache_creation_input_tokens: 1 },
      { cache_read_tokens: 4, cache_write_tokens: 1 },
    ],
    ["Anthropic before its usage was renamed", { input_tokens: 7, output_tokens: 3 }, {}],
    [
      "Amazon Bedrock, which counts cached tokens apart",
      {
        prompt_tokens: 2,
        completion_tokens: 3,
        total_tokens: 10,
        cache_read_input_tokens: 4,
        cache_write_input_tokens: 1,
      },
      { cache_read_tokens: 4, cache_write_tokens: 1 },
    ],
    ["Cohere, whose numbers are no whole ones", { prompt_tokens: 7.0, completion_tokens: 3.0 }, {}],
    [
      "Gemini, which counts its thoughts apart",
      {
        prompt_tokens: 7,
        completion_tokens: 1,
        total_tokens: 10,
        thoughts_token_count: 2,
        cached_content_token_count: 4,
        candidates_token_count: 1,
      },
      { reasoning_tokens: 2, cache_read_tokens: 4 },
    ],
    ["Vertex", { prompt_token_count: 7, candidates_token_count: 3 }, {}],
    ["Mistral", { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }, {}],
    ["Ollama", { completion_tokens: 3, prompt_tokens: 7, total_tokens: 10 }, {}],
    ["Amazon Bedrock's plain generators", { prompt_token_count: 7, generated_token_count: 3 }, {}],
  ])("reads the usage that Haystack passes on from %s", (_, usage, parts) => {
    const output = json({ replies: [{ meta: { usage }, content: [] }] });
    const { answer } = llm(span("haystack.agent.step.llm", { "haystack.agent.step.llm.output": output }));
    expect(answer).toMatchObject({ prompt_tokens: 7, completion_tokens: 3, ...parts });
  });

  it("knows a streamed answer of Haystack by the time of its first piece, in whatever zone", () => {
    const streamed = (started: string) =>
      llm(
        span("haystack.agent.step.llm", {
          "haystack.agent.step.llm.output": json({
            replies: [{ meta: { completion_start_time: started }, content: [] }],
          }),
        }),
      );
    const utc = new Date(T0 / 1000 + 40).toISOString().slice(0, -1);
    const india = new Date(T0 / 1000 + 40 + 5.5 * 3_600_000).toISOString().slice(0, -1);
    const newYork = new Date(T0 / 1000 + 40 - 5 * 3_600_000).toISOString().slice(0, -1);
    for (const started of [utc, `${utc}456`, `${utc}Z`, india, newYork]) {
      const { called, answer } = streamed(started);
      expect([called.streaming, answer.first_token_ms]).toEqual([true, 40]);
    }
    for (const started of ["soon", new Date(T0 / 1000 - 1).toISOString()]) {
      const { called, answer } = streamed(started);
      expect([called.streaming, answer.first_token_ms]).toEqual([true, undefined]);
    }
  });

  it("takes NaN, null and text that is no number as unknown, not as 0", () => {
    for (const tokens of [null, Number.NaN, "NaN", -1]) {
      const { answer } = llm(chat({ "gen_ai.usage.input_tokens": tokens, "gen_ai.usage.output_tokens": tokens }));
      expect([answer.prompt_tokens, answer.completion_tokens]).toEqual([undefined, undefined]);
    }
  });

  it("takes a prompt of 0 tokens as unknown, and what stands beside it", () => {
    const zero = llm(chat({ "gen_ai.usage.prompt_tokens": 0, "gen_ai.usage.completion_tokens": 0 })).answer;
    expect([zero.prompt_tokens, zero.completion_tokens]).toEqual([undefined, undefined]);
    const empty = llm(chat({ "gen_ai.usage.input_tokens": 5, "gen_ai.usage.output_tokens": 0 })).answer;
    expect([empty.prompt_tokens, empty.completion_tokens]).toEqual([5, 0]);
  });

  it("counts cached tokens into a prompt that leaves them out", () => {
    const tokens = { "gen_ai.usage.input_tokens": 10, "gen_ai.usage.cache_read.input_tokens": 90 };
    expect(llm(chat(tokens)).answer.prompt_tokens).toBe(100);
  });

  it.each([
    ["tool_call", "tool_calls"],
    ["tool-calls", "tool_calls"],
    ["tool_use", "tool_calls"],
    ["end_turn", "stop"],
    ["STOP", "stop"],
    ["COMPLETE", "stop"],
    ["TOOL_CALL", "tool_calls"],
    ["MAX_TOKENS", "length"],
    ["content-filter", "content_filter"],
    ["something new", undefined],
  ])("knows finish reason %s", (sent, known) => {
    for (const reasons of [sent, [sent], json([sent])]) {
      expect(llm(chat({ "gen_ai.response.finish_reasons": reasons })).answer.finish_reason).toBe(known);
    }
    expect(llm(chat({ "anthropic.message.stop_reason": sent })).answer.finish_reason).toBe(known);
  });

  it("marks streams by attribute, event and name, and times the first piece", () => {
    expect(llm(chat({ "gen_ai.request.stream": true })).called.streaming).toBe(true);
    expect(llm(chat({ "gen_ai.request.stream": false })).called.streaming).toBeUndefined();
    const events = [{ name: "First Token Stream Event", time: T0 + 40_000, attributes: new Map() }];
    const streamed = llm(span("Stream", { "openinference.span.kind": "LLM" }, { events }));
    expect([streamed.called.streaming, streamed.answer.first_token_ms]).toEqual([true, 40]);
    expect(llm(span("ai.streamText.doStream", { "ai.operationId": "ai.streamText.doStream" })).called.streaming).toBe(
      true,
    );
    expect(llm(chat({ "gen_ai.response.time_to_first_chunk": 0.25 })).answer.first_token_ms).toBe(250);
  });

  it("counts the tool calls of an answer however they are sent", () => {
    const parts = [
      { type: "tool_call", name: "a" },
      { type: "text", content: "x" },
      { type: "tool_call", name: "b" },
    ];
    const sent = [
      { "gen_ai.output.messages": json([{ role: "assistant", parts }]) },
      { "ai.response.toolCalls": json([{ toolName: "a" }, { toolName: "b" }]) },
      { "gen_ai.completion.0.tool_calls.0.name": "a", "gen_ai.completion.0.tool_calls.1.name": "b" },
      {
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "a",
        "llm.output_messages.0.message.tool_calls.1.tool_call.function.name": "b",
      },
    ];
    for (const attributes of sent) expect(llm(chat(attributes)).answer.tool_call_count).toBe(2);
    expect(llm(chat({})).answer.tool_call_count).toBeUndefined();
  });

  it("names the error that Haystack raised another one around", () => {
    const frames = 'Traceback (most recent call last):\n  File "a.py", line 1, in run\n    call()\n';
    const led = "\n\nThe above exception was the direct cause of the following exception:\n\n";
    const type = (stack: string, outer = "haystack.core.errors.PipelineRuntimeError") => {
      const attributes = new Map([
        ["exception.type", outer],
        ["exception.stacktrace", stack],
      ]);
      const events = [{ name: "exception", time: T0, attributes }];
      const failed = span("x", { "gen_ai.operation.name": "chat" }, { status: "error", events });
      return llm(failed).answer.error_type;
    };
    const around = `${frames}haystack.core.errors.PipelineRuntimeError: The following\nComponent name: 'llm'\n`;
    const invoked = `${frames}haystack.tools.errors.ToolInvocationError: secret`;
    expect(type(`${frames}openai.RateLimitError: Error code: 429 - secret${led}${around}`)).toBe(
      "openai.RateLimitError",
    );
    expect(type([`${frames}ValueError: secret`, invoked, around, around].join(led))).toBe("ValueError");
    expect(type([`${frames}KeyError`, around].join(led))).toBe("KeyError");
    expect(type([`${frames}two words: secret`, around].join(led))).toBe("haystack.core.errors.PipelineRuntimeError");
    expect(type(around)).toBe("haystack.core.errors.PipelineRuntimeError");
    expect(type(`${frames}A: x${led}${frames}B: y`, "B")).toBe("B");
  });

  it("tells an error by its type and the hash of its message", () => {
    const failed = span(
      "chat",
      { "gen_ai.operation.name": "chat", "error.type": "openai.RateLimitError" },
      { status: "error", statusMessage: "secret body" },
    );
    expect(llm(failed).answer).toMatchObject({
      finish_reason: "error",
      error_type: "openai.RateLimitError",
      error_hash: hash("secret body"),
    });
  });

  it("takes an operation with a type of error for failed, whatever its status", () => {
    const tool = { "gen_ai.operation.name": "execute_tool", "error.type": "TimeoutError" };
    expect(componentOf(span("execute_tool a", tool), { content }).failed).toBe(true);
    expect(componentOf(span("GET /", { "error.type": "404" }, { kind: 2 }), { content }).failed).toBe(false);
  });
});
