import { describe, expect, it } from "vitest";
import { RecordedClient, START } from "./testing/record";

const answersOf = (client: RecordedClient) =>
  client.of("tool.responded").map(({ step_index, payload }) => [step_index, payload.output_length]);

describe("a run", () => {
  it("is written as lines in order, with seq, steps and rising times", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research", { userInput: "What is new?", model: "gpt-4o", tools: ["search"] });
    client.clock.pass(10);
    run.llmCalled("gpt-4o");
    client.clock.pass(100);
    run.llmResponded({ promptTokens: 100, completionTokens: 20, finishReason: "tool_calls", toolCallCount: 1 });
    run.toolCalled("search", { query: "news" });
    client.clock.pass(30);
    run.toolResponded("search", { output: "result" });
    run.finalAnswer();
    run.end();
    expect(client.types).toEqual([
      "run.started",
      "llm.called",
      "llm.responded",
      "tool.called",
      "tool.responded",
      "run.completed",
    ]);
    expect(client.lines.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(client.lines.map(({ step_index }) => step_index)).toEqual([0, 1, 1, 2, 2, 2]);
    const times = client.lines.map(({ time }) => time);
    expect(times[0]).toBe(START);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(new Set(times).size).toBe(times.length);
  });

  it("tells the facts while it goes on", () => {
    const { dt } = new RecordedClient();
    const run = dt.startRun("research");
    run.toolCalled("search", { query: "a" }).responded({ success: false });
    expect(run.facts).toMatchObject({ tool_calls: 1, tool_failures: 1, steps: 1 });
    expect(run.step).toBe(1);
    expect(run.ended).toBeUndefined();
  });

  it("writes nothing after its end and ends once", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const call = run.toolCalled("search");
    run.end({ exitReason: "handoff" });
    const written = client.texts.length;
    call.responded({ success: true });
    run.llmCalled("gpt-4o").responded({ finishReason: "stop" });
    run.retrievalCalled("docs").responded({ resultCount: 1 });
    run.input("more");
    run.externalSignal("late");
    run.fail(new Error("late"));
    run.end();
    expect(client.texts.length).toBe(written);
    expect(run.ended).toBe("run.completed");
    expect(run.exitReason).toBe("handoff");
    expect(client.dt.counters.faults).toBe(0);
  });

  it("has a link where Grafana's address is known", () => {
    const { dt } = new RecordedClient({ grafanaUrl: "https://grafana.example.com/" });
    const run = dt.startRun("research", { runId: "a b" });
    expect(run.url).toBe("https://grafana.example.com/a/dunetrace-agents-app/runs/a%20b");
    expect(new RecordedClient().dt.startRun("research").url).toBeUndefined();
  });
});

describe("the answer of a call", () => {
  it("carries the step of its call, also of parallel calls answered in another order", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const first = run.toolCalled("search", { query: "a" });
    const second = run.toolCalled("search", { query: "b" });
    const third = run.toolCalled("fetch", { url: "c" });
    third.responded({ outputLength: 3 });
    second.responded({ outputLength: 2 });
    first.responded({ outputLength: 1 });
    expect(answersOf(client)).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
  });

  it("is paired by name with the oldest open call since the last LLM call", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.toolCalled("search");
    run.llmCalled("gpt-4o");
    run.llmResponded({});
    run.toolCalled("search");
    run.toolCalled("search");
    run.toolResponded("search", { outputLength: 1 });
    run.toolResponded("search", { outputLength: 2 });
    run.toolResponded("search", { outputLength: 3 });
    expect(answersOf(client)).toEqual([
      [3, 1],
      [4, 2],
      [1, 3],
    ]);
  });

  it("of a model belongs to the newest open call", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const outer = run.llmCalled("gpt-4o");
    run.llmCalled("gpt-4o-mini");
    run.llmResponded({ outputLength: 2 });
    outer.responded({ outputLength: 1 });
    expect(client.of("llm.responded").map(({ step_index }) => step_index)).toEqual([2, 1]);
  });

  it("without a call has the current step", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.llmCalled("gpt-4o").responded();
    run.toolResponded("search", { success: false });
    expect(client.of("tool.responded")[0]?.step_index).toBe(1);
    expect(run.facts).toMatchObject({ tool_calls: 0, tool_failures: 1 });
  });

  it("counts once, however often it is told", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const call = run.toolCalled("search");
    call.responded({ success: false });
    call.responded({ success: false });
    expect(client.of("tool.responded")).toHaveLength(1);
  });

  it("has the time since its call unless it states one", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.toolCalled("search");
    client.clock.pass(12.6);
    run.toolResponded("search");
    run.retrievalCalled("docs", "cats");
    client.clock.pass(3);
    run.retrievalResponded("docs", { resultCount: 2, topScore: 0.5 });
    run.llmCalled("gpt-4o");
    client.clock.pass(100);
    run.llmResponded({ latencyMs: 80.4 });
    expect(client.of("tool.responded")[0]?.payload.latency_ms).toBe(13);
    expect(client.of("retrieval.responded")[0]?.payload).toMatchObject({ latency_ms: 3, result_count: 2 });
    expect(client.of("llm.responded")[0]?.payload.latency_ms).toBe(80);
  });
});

describe("what is not known", () => {
  it("is left out, never sent as 0", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.llmCalled().responded({ promptTokens: Number.NaN, completionTokens: -1, finishReason: "who knows" });
    run.retrievalCalled("docs").responded();
    expect(client.raw("llm.called").payload).toEqual({});
    expect(client.raw("llm.responded").payload).toEqual({ latency_ms: 0 });
    expect(client.raw("retrieval.responded").payload).toEqual({ index_name: "docs", latency_ms: 0 });
    expect(run.facts.unmetered_llm_calls).toBe(1);
  });

  it("is told apart from none", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research", { tools: [] });
    run.llmCalled("gpt-4o").responded({ output: "", finishReason: "end_turn" });
    run.retrievalCalled("docs").responded({ resultCount: 0, topScore: null });
    expect(client.of("run.started")[0]?.payload.tools).toEqual([]);
    expect(client.of("llm.responded")[0]?.payload).toMatchObject({ output_length: 0, finish_reason: "stop" });
    expect(client.raw("retrieval.responded").payload).toMatchObject({ result_count: 0, top_score: null });
  });
});

describe("the cost of a model call", () => {
  it("is written where the model has a price", () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    run.llmCalled("gpt-4o").responded({ promptTokens: 1000, completionTokens: 100 });
    run.llmCalled("my-own-model").responded({ promptTokens: 1000, completionTokens: 100 });
    run.llmCalled("my-own-model").responded({ promptTokens: 10, costUsd: 0.25 });
    expect(client.of("llm.responded").map(({ payload }) => payload.cost_usd)).toEqual([0.0035, undefined, 0.25]);
    expect(run.facts).toMatchObject({ cost_usd: 0.2535, unpriced_llm_calls: 1 });
  });

  it("is that of the model that answered, at prices of one's own where there are some", () => {
    const client = new RecordedClient({ prices: { "my-own-model": { input: 1, output: 4 } } });
    const run = client.dt.startRun("research");
    run.llmCalled("router").responded({ model: "my-own-model", promptTokens: 1_000_000, completionTokens: 500_000 });
    expect(client.of("llm.responded")[0]?.payload.cost_usd).toBe(3);
  });
});

describe("run.llm", () => {
  const completion = {
    model: "gpt-4o-2024-08-06",
    choices: [{ finish_reason: "stop", message: { content: "Hello" } }],
    usage: { prompt_tokens: 100, completion_tokens: 2 },
  };

  it("tells call and answer and returns what the function returned", async () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const promised = run.llm("gpt-4o", async () => completion, { provider: "openai" });
    client.clock.pass(40);
    expect(await promised).toBe(completion);
    expect(client.of("llm.called")[0]?.payload).toEqual({ model: "gpt-4o", provider: "openai" });
    expect(client.of("llm.responded")[0]?.payload).toEqual({
      model: "gpt-4o-2024-08-06",
      prompt_tokens: 100,
      completion_tokens: 2,
      latency_ms: 40,
      finish_reason: "stop",
      tool_call_count: 0,
      output_hash: "185f8db32271fe25",
      output_length: 5,
      cost_usd: 0.00027,
    });
    expect(run.llm("gpt-4o", () => completion)).toBe(completion);
  });

  it("tells a failure and throws it on unchanged", async () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const error = new RangeError("too many tokens");
    await expect(run.llm("gpt-4o", () => Promise.reject(error))).rejects.toBe(error);
    const throws = (): string => {
      throw error;
    };
    expect(() => run.llm("gpt-4o", throws)).toThrow(error);
    await expect(run.llm("gpt-4o", () => Promise.reject(undefined))).rejects.toBeUndefined();
    expect(client.of("llm.responded").map(({ payload }) => [payload.finish_reason, payload.error_type])).toEqual([
      ["error", "RangeError"],
      ["error", "RangeError"],
      ["error", "string"],
    ]);
  });

  it("leaves streams to their consumer, who tells the answer", async () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    async function* stream() {
      yield "Hel";
      yield "lo";
    }
    const chunks = await run.llm("gpt-4o", async () => stream(), { streaming: true });
    let text = "";
    for await (const chunk of chunks) text += chunk;
    expect(client.of("llm.responded")).toEqual([]);
    run.llmResponded({ output: text, finishReason: "stop" });
    expect(client.of("llm.responded")[0]).toMatchObject({ step_index: 1, payload: { output_length: 5 } });
    expect(run.facts.streaming_llm_calls).toBe(1);
  });

  it("pairs calls that run in parallel", async () => {
    const client = new RecordedClient();
    const run = client.dt.startRun("research");
    const answer = (text: string) => ({ choices: [{ finish_reason: "stop", message: { content: text } }] });
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = run.llm("gpt-4o", async () => {
      await gate;
      return answer("a");
    });
    const fast = run.llm("gpt-4o-mini", async () => answer("bb"));
    await fast;
    release();
    await slow;
    expect(client.of("llm.responded").map(({ step_index, payload }) => [step_index, payload.output_length])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });
});
