import { describe, expect, it } from "vitest";
import { readLlmResult } from "./llmResult";

const usage = {
  prompt_tokens: 1200,
  completion_tokens: 80,
  total_tokens: 1280,
  prompt_tokens_details: { cached_tokens: 1024 },
  completion_tokens_details: { reasoning_tokens: 64 },
};

describe("readLlmResult", () => {
  it("reads an OpenAI chat completion", () => {
    const result = {
      object: "chat.completion",
      model: "gpt-4o-2024-08-06",
      choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Hello", refusal: null } }],
      usage,
    };
    expect(readLlmResult(result)).toEqual({
      model: "gpt-4o-2024-08-06",
      promptTokens: 1200,
      completionTokens: 80,
      cacheReadTokens: 1024,
      reasoningTokens: 64,
      finishReason: "stop",
      toolCallCount: 0,
      output: "Hello",
    });
  });

  it("counts the tool calls of a chat completion", () => {
    const message = { content: null, tool_calls: [{ id: "a" }, { id: "b" }] };
    const answer = readLlmResult({ choices: [{ finish_reason: "tool_calls", message }] });
    expect(answer).toMatchObject({ finishReason: "tool_calls", toolCallCount: 2, output: "" });
    expect(answer.promptTokens).toBeUndefined();
  });

  it("reads content in parts and refusals", () => {
    const message = {
      content: [
        { type: "text", text: "Hel" },
        { type: "text", text: "lo" },
      ],
      refusal: "",
    };
    expect(readLlmResult({ choices: [{ finish_reason: "stop", message }] }).output).toBe("Hello");
    const refused = { content: null, refusal: "I cannot" };
    expect(readLlmResult({ choices: [{ finish_reason: "stop", message: refused }] }).output).toBe("I cannot");
  });

  it("reads an OpenAI response", () => {
    const result = {
      object: "response",
      status: "completed",
      model: "gpt-5",
      output: [
        { type: "reasoning", summary: [] },
        { type: "message", content: [{ type: "output_text", text: "Hello" }] },
      ],
      usage: {
        input_tokens: 300,
        output_tokens: 40,
        input_tokens_details: { cached_tokens: 128 },
        output_tokens_details: { reasoning_tokens: 32 },
      },
    };
    expect(readLlmResult(result)).toEqual({
      model: "gpt-5",
      promptTokens: 300,
      completionTokens: 40,
      cacheReadTokens: 128,
      reasoningTokens: 32,
      finishReason: "stop",
      toolCallCount: 0,
      output: "Hello",
    });
  });

  it.each([
    [{ status: "completed", output: [{ type: "function_call" }] }, "tool_calls"],
    [{ status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, output: [] }, "length"],
    [{ status: "incomplete", incomplete_details: { reason: "content_filter" }, output: [] }, "content_filter"],
    [{ status: "in_progress", output: [] }, undefined],
  ])("says how the response %j ended", (response, finishReason) => {
    expect(readLlmResult({ object: "response", ...response }).finishReason).toBe(finishReason);
  });

  it("takes over the error of a failed response", () => {
    const error = { code: "server_error", message: "The model failed" };
    expect(readLlmResult({ object: "response", status: "failed", output: [], error })).toMatchObject({
      finishReason: "error",
      error,
    });
  });

  it("reads an Anthropic message and adds the cached tokens to the prompt", () => {
    const result = {
      type: "message",
      model: "claude-sonnet-4-5",
      stop_reason: "end_turn",
      content: [
        { type: "thinking", thinking: "hm" },
        { type: "text", text: "Hello" },
      ],
      usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 900, cache_creation_input_tokens: 90 },
    };
    expect(readLlmResult(result)).toEqual({
      model: "claude-sonnet-4-5",
      promptTokens: 1000,
      completionTokens: 5,
      cacheReadTokens: 900,
      cacheWriteTokens: 90,
      finishReason: "end_turn",
      toolCallCount: 0,
      output: "Hello",
    });
  });

  it.each([
    ["tool_use", "tool_use"],
    ["max_tokens", "max_tokens"],
    ["model_context_window_exceeded", "length"],
    [null, undefined],
  ])("passes on Anthropic's stop reason %s", (stop_reason, finishReason) => {
    const content = [{ type: "tool_use", id: "a" }];
    const answer = readLlmResult({ type: "message", content, stop_reason });
    expect(answer).toMatchObject({ toolCallCount: 1 });
    expect(answer.finishReason).toBe(finishReason);
  });

  it("takes text for the answer", () => {
    expect(readLlmResult("Hello")).toEqual({ output: "Hello" });
  });

  it.each([undefined, null, 5, [], {}, { choices: [] }, { choices: [7] }, { type: "message" }, { object: "response" }])(
    "guesses nothing of %j",
    (result) => {
      expect(readLlmResult(result)).toEqual({});
    },
  );

  it("leaves out counts that are none", () => {
    const message = { content: "x" };
    const strange = { prompt_tokens: null, completion_tokens: "5" };
    const answer = readLlmResult({ choices: [{ finish_reason: "stop", message }], usage: strange });
    expect(answer.promptTokens).toBeUndefined();
    expect(answer.completionTokens).toBeUndefined();
  });
});
