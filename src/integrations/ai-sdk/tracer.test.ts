import { generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { MockLanguageModelV3, simulateReadableStream } from "ai/test";
import { describe, expect, it } from "vitest";
import { PolicyViolation } from "../../sdk";
import { RecordedClient } from "../../sdk/testing/record";
import { dunetraceTracer } from ".";

const QUERY = jsonSchema<{ q: string }>({ type: "object", properties: { q: { type: "string" } } });

const USAGE = {
  inputTokens: { total: 111, noCache: 47, cacheRead: 64, cacheWrite: 0 },
  outputTokens: { total: 22, text: 17, reasoning: 5 },
};
const TOKENS = { prompt_tokens: 111, completion_tokens: 22, cache_read_tokens: 64, reasoning_tokens: 5 };
const FINISH = {
  stop: { unified: "stop" as const, raw: "stop" },
  tools: { unified: "tool-calls" as const, raw: "tool_calls" },
};

type Answer = Awaited<ReturnType<MockLanguageModelV3["doGenerate"]>>;
type Streamed = Awaited<ReturnType<MockLanguageModelV3["doStream"]>>;

let calls = 0;
const toolCall = () => {
  calls++;
  return { type: "tool-call" as const, toolCallId: `c${calls}`, toolName: "web_search", input: '{"q":"CANARY-args"}' };
};
const search = () => ({ content: [toolCall()], finishReason: FINISH.tools, usage: USAGE, warnings: [] });
const text = (answer: string) => ({
  content: [{ type: "text" as const, text: answer }],
  finishReason: FINISH.stop,
  usage: USAGE,
  warnings: [],
});

function inOrder<T>(items: readonly (() => T)[]): () => Promise<T> {
  let next = 0;
  return async () => {
    const item = items[next];
    next++;
    if (item === undefined) throw new Error("no answer is left");
    return item();
  };
}

const webSearch = (answer: () => string) =>
  tool({ description: "Searches", inputSchema: QUERY, execute: async () => answer() });

function recorded() {
  const client = new RecordedClient({ clock: undefined });
  const tracer = dunetraceTracer(client.dt);
  return { client, telemetry: { isEnabled: true, functionId: "museum", tracer, metadata: { sessionId: "s1" } } };
}

function told(client: RecordedClient) {
  expect(client.texts.join("")).not.toContain("CANARY");
  expect(client.dt.counters.faults).toBe(0);
  return client.types.filter((type) => type !== "signal.detected");
}

const ROUND = ["llm.called", "llm.responded", "tool.called", "tool.responded"];
const LAST = ["llm.called", "llm.responded", "run.completed"];
const stopWhen = stepCountIs(9);

describe("generateText", () => {
  it("is one run with its model calls and tools, and answers as it did", async () => {
    const program = (telemetry?: ReturnType<typeof recorded>["telemetry"]) =>
      generateText({
        model: new MockLanguageModelV3({
          modelId: "gpt-4o",
          provider: "openai.chat",
          doGenerate: inOrder<Answer>([search, search, () => text("CANARY-answer")]),
        }),
        prompt: "CANARY-question",
        tools: { web_search: webSearch(() => "CANARY-found") },
        stopWhen,
        ...(telemetry === undefined ? {} : { experimental_telemetry: telemetry }),
      });
    const plain = await program();
    const { client, telemetry } = recorded();
    const answer = await program(telemetry);
    expect([answer.text, answer.steps.length, answer.totalUsage]).toEqual([
      plain.text,
      plain.steps.length,
      plain.totalUsage,
    ]);
    expect(told(client)).toEqual(["run.started", ...ROUND, ...ROUND, ...LAST]);
    expect(client.raw("run.started")).toMatchObject({
      agent_id: "museum",
      session_id: "s1",
      payload: { source: "ai-sdk", model: "gpt-4o", input_length: 15 },
    });
    expect(client.of("llm.called")[0]?.payload).toEqual({ model: "gpt-4o", provider: "openai" });
    expect(client.of("llm.responded").map(({ payload }) => payload)).toMatchObject([
      { ...TOKENS, finish_reason: "tool_calls", tool_call_count: 1 },
      { ...TOKENS, finish_reason: "tool_calls", tool_call_count: 1 },
      { ...TOKENS, finish_reason: "stop", output_length: 13 },
    ]);
    const [first, second] = client.of("tool.called").map(({ payload }) => payload);
    expect(first).toMatchObject({ tool_name: "web_search", args_length: 19 });
    expect(second?.args_hash).toBe(first?.args_hash);
    const end = client.of("run.completed")[0]?.payload;
    expect(end?.facts).toMatchObject({ llm_calls: 3, tool_calls: 2, prompt_tokens: 333, completion_tokens: 66 });
    expect(end?.exit_reason).toBe("final_answer");
  });

  it("tells tools that throw", async () => {
    const { client, telemetry: experimental_telemetry } = recorded();
    const execute = webSearch(() => {
      throw new TypeError("CANARY-error");
    });
    const model = new MockLanguageModelV3({ doGenerate: inOrder<Answer>([search, () => text("sorry")]) });
    await generateText({ model, prompt: "CANARY", tools: { web_search: execute }, stopWhen, experimental_telemetry });
    told(client);
    expect(client.of("tool.responded")[0]?.payload).toMatchObject({ success: false, error_type: "TypeError" });
  });

  it("is stopped mid-run by a policy, in its loop", async () => {
    const { client, telemetry: experimental_telemetry } = recorded();
    client.dt.addPolicy({
      name: "no loops",
      condition: { trigger: "tool_call_count", operator: "gt", value: 2 },
      action: { type: "stop" },
    });
    const model = new MockLanguageModelV3({ doGenerate: inOrder<Answer>(Array.from({ length: 9 }, () => search)) });
    const tools = { web_search: webSearch(() => "nothing") };
    const stopped = generateText({ model, prompt: "CANARY", tools, stopWhen, experimental_telemetry });
    await expect(stopped).rejects.toThrow(PolicyViolation);
    told(client);
    expect(model.doGenerateCalls).toHaveLength(3);
    expect(client.of("run.errored")[0]?.payload).toMatchObject({
      exit_reason: "policy_violation",
      policy_name: "no loops",
    });
  });

  it.each([
    ["by the answer of the model", { trigger: "finish_reason", operator: "eq", value: "stop" }, 1, 1],
    ["by a tool, before the next model call", { trigger: "tool_call_count", operator: "gte", value: 1 }, 2, 1],
  ] as const)("ends the run of a stream that a policy stops %s", async (_how, condition, answers, asked) => {
    const { client, telemetry: experimental_telemetry } = recorded();
    client.dt.addPolicy({ name: "enough", condition, action: { type: "stop" } });
    const finish = { type: "finish" as const, usage: USAGE };
    const asks = (): Streamed => ({
      stream: simulateReadableStream({ chunks: [toolCall(), { ...finish, finishReason: FINISH.tools }] }),
    });
    const says = (): Streamed => ({
      stream: simulateReadableStream({
        chunks: [
          { type: "text-start", id: "1" },
          { type: "text-delta", id: "1", delta: "CANARY" },
          { type: "text-end", id: "1" },
          { ...finish, finishReason: FINISH.stop },
        ],
      }),
    });
    const model = new MockLanguageModelV3({ doStream: inOrder<Streamed>([asks, says].slice(2 - answers)) });
    const tools = { web_search: webSearch(() => "nothing") };
    const errors: unknown[] = [];
    const onError = ({ error }: { error: unknown }): void => {
      errors.push(error);
    };
    const { textStream } = streamText({ model, prompt: "CANARY", tools, stopWhen, onError, experimental_telemetry });
    const read = async (): Promise<void> => {
      for await (const _piece of textStream);
    };
    await read().catch((error: unknown) => errors.push(error));
    expect(errors.some((error) => error instanceof PolicyViolation)).toBe(true);
    told(client);
    expect(model.doStreamCalls).toHaveLength(asked);
    expect(client.of("run.errored").map(({ payload }) => payload)).toMatchObject([
      { exit_reason: "policy_violation", policy_name: "enough" },
    ]);
  });

  it("inside a tool names the run around it", async () => {
    const { client, telemetry: experimental_telemetry } = recorded();
    const inner = tool({
      inputSchema: QUERY,
      execute: async () => {
        const model = new MockLanguageModelV3({ doGenerate: inOrder<Answer>([() => text("inner")]) });
        return (await generateText({ model, prompt: "CANARY", experimental_telemetry })).text;
      },
    });
    const model = new MockLanguageModelV3({ doGenerate: inOrder<Answer>([search, () => text("outer")]) });
    await generateText({ model, prompt: "CANARY", tools: { web_search: inner }, stopWhen, experimental_telemetry });
    told(client);
    const [outer, nested] = client.of("run.started");
    expect(nested?.parent_run_id).toBe(outer?.run_id);
    expect(client.of("llm.called").filter(({ run_id }) => run_id === outer?.run_id)).toHaveLength(2);
    expect(client.of("llm.called").filter(({ run_id }) => run_id === nested?.run_id)).toHaveLength(1);
  });
});

describe("streamText", () => {
  const start = { type: "stream-start" as const, warnings: [] };

  it("is one run over all its steps", async () => {
    const { client, telemetry: experimental_telemetry } = recorded();
    const model = new MockLanguageModelV3({
      modelId: "gpt-4o",
      doStream: inOrder<Streamed>([
        () => ({
          stream: simulateReadableStream({
            chunks: [start, toolCall(), { type: "finish" as const, finishReason: FINISH.tools, usage: USAGE }],
          }),
        }),
        () => ({
          stream: simulateReadableStream({
            chunks: [
              start,
              { type: "text-start" as const, id: "1" },
              { type: "text-delta" as const, id: "1", delta: "CANARY-" },
              { type: "text-delta" as const, id: "1", delta: "answer" },
              { type: "text-end" as const, id: "1" },
              { type: "finish" as const, finishReason: FINISH.stop, usage: USAGE },
            ],
          }),
        }),
      ]),
    });
    const tools = { web_search: webSearch(() => "CANARY-found") };
    const result = streamText({ model, prompt: "CANARY", tools, stopWhen, experimental_telemetry });
    const pieces: string[] = [];
    for await (const piece of result.textStream) pieces.push(piece);
    expect(pieces).toEqual(["CANARY-", "answer"]);
    const types = told(client);
    expect(types[0]).toBe("run.started");
    expect(types.at(-1)).toBe("run.completed");
    expect(types.toSorted()).toEqual(["run.started", ...ROUND, ...LAST].toSorted());
    expect(client.of("llm.called").map(({ payload }) => payload.streaming)).toEqual([true, true]);
    expect(client.of("llm.responded").map(({ payload }) => payload)).toMatchObject([
      { ...TOKENS, finish_reason: "tool_calls", first_token_ms: expect.any(Number) },
      { ...TOKENS, finish_reason: "stop", output_length: 13 },
    ]);
  });
});
