import { describe, expect, it } from "vitest";
import { chainStartOf } from "./chainStart";
import { inputOf } from "./input";
import { usageOf } from "./usage";

const BOTH = { promptTokens: 12, completionTokens: 3 };

describe("usageOf", () => {
  it.each([
    ["LangChain", { message: { usage_metadata: { input_tokens: 12, output_tokens: 3 } } }, {}],
    ["OpenAI", {}, { tokenUsage: { promptTokens: 12, completionTokens: 3 } }],
    ["Anthropic", {}, { usage: { input_tokens: 12, output_tokens: 3 } }],
    [
      "Google",
      { message: { response_metadata: { usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 3 } } } },
      {},
    ],
    ["Bedrock", { message: { response_metadata: { usage: { inputTokens: 12, outputTokens: 3 } } } }, {}],
    ["Ollama", { message: { response_metadata: { prompt_eval_count: 12, eval_count: 3 } } }, {}],
    ["a text model", { generationInfo: { usage: { prompt_tokens: 12, completion_tokens: 3 } } }, {}],
  ])("reads the counts of %s", (_name, generation, llmOutput) => {
    expect(usageOf({ llmOutput }, generation)).toMatchObject(BOTH);
  });

  it("adds the cached parts where Anthropic counts them apart", () => {
    const usage = { input_tokens: 10, output_tokens: 3, cache_read_input_tokens: 4, cache_creation_input_tokens: 2 };
    expect(usageOf({ llmOutput: { usage } }, {})).toMatchObject({ promptTokens: 16, cacheReadTokens: 4 });
  });

  it("knows nothing where zeros stand for unknown", () => {
    expect(usageOf({ llmOutput: { tokenUsage: { promptTokens: 0, completionTokens: 0 } } }, {})).toEqual({});
    expect(usageOf({ llmOutput: { tokenUsage: {} } }, { message: { usage_metadata: "none" } })).toEqual({});
  });
});

describe("chainStartOf", () => {
  const parent = "0af76519-16cd-43dd-8448-eb211c80319c";

  it("reads what LangChain passes and what its types say", () => {
    const found = { parentRunId: parent, name: "graph", metadata: undefined };
    expect(chainStartOf(parent, undefined, "chain", "graph")).toEqual(found);
    expect(chainStartOf("chain", undefined, "graph", parent)).toEqual(found);
    expect(chainStartOf(undefined, undefined, undefined, "graph")).toEqual({ ...found, parentRunId: undefined });
  });
});

describe("inputOf", () => {
  it.each([
    ["a text", "hi"],
    ["a field", { question: "hi" }],
    [
      "messages",
      {
        messages: [
          { role: "user", content: "hi" },
          { role: "assistant", content: "yes?" },
        ],
      },
    ],
    ["pairs", { messages: [["human", "hi"]] }],
    ["parts", { messages: [{ type: "human", content: [{ type: "text", text: "hi" }] }] }],
  ])("finds the question in %s", (_form, inputs) => {
    expect(inputOf(inputs)).toBe("hi");
  });
});
