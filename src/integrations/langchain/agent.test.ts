import { HumanMessage } from "@langchain/core/messages";
import { RunnableLambda, RunnableParallel } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { FakeListChatModel, FakeRetriever } from "@langchain/core/utils/testing";
import { Annotation, interrupt, MemorySaver, MessagesAnnotation, StateGraph } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PolicyViolation } from "../../sdk";
import { RecordedClient } from "../../sdk/testing/record";
import { FakeModels, type Reply } from "../models/testing/fakeModels";
import { chatEvents, chatReply, errorReply, toolCall } from "../models/testing/openaiReplies";
import { instrumentOpenAI } from "../openai";
import { DunetraceCallbackHandler } from ".";
import { ServerModel } from "./testing/serverModel";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

const TOKENS = { prompt_tokens: 111, completion_tokens: 22, cache_read_tokens: 64, reasoning_tokens: 5 };
const SEARCH = { q: "CANARY-args" };
let calls = 0;
/** The model wants to search; tool nodes leave out calls whose id they know. */
function searches(): Reply {
  calls++;
  return chatReply({ content: null, tool_calls: [toolCall(`call_${calls}`, "web_search", SEARCH)] }, "tool_calls");
}
const QUESTION = { messages: [new HumanMessage("CANARY-question")] };

function searchTool(answer: () => string) {
  return tool(async () => answer(), {
    name: "web_search",
    description: "Searches the web",
    schema: { type: "object", properties: { q: { type: "string" } }, required: ["q"] },
  });
}

function agent(answer: () => string = () => "CANARY-found") {
  return createReactAgent({ llm: new ServerModel(server.url), tools: [searchTool(answer)], name: "museum" });
}

function recorded() {
  const client = new RecordedClient();
  const handler = new DunetraceCallbackHandler(client.dt);
  return { client, handler };
}

function told(client: RecordedClient) {
  expect(client.texts.join("")).not.toContain("CANARY");
  expect(client.dt.counters.faults).toBe(0);
  return client.types.filter((type) => type !== "signal.detected");
}

const ROUND = ["llm.called", "llm.responded", "tool.called", "tool.responded"];

describe("a LangGraph agent", () => {
  it("is one run with its model calls and tools, and answers as it did", async () => {
    server.answer(searches(), searches(), chatReply({ content: "CANARY-answer" }));
    const plain = await agent().invoke(QUESTION);
    server.answer(searches(), searches(), chatReply({ content: "CANARY-answer" }));
    const { client, handler } = recorded();
    const answer = await agent().invoke(QUESTION, { callbacks: [handler], configurable: { thread_id: "thread-1" } });

    expect(answer.messages.map(({ content }) => content)).toEqual(plain.messages.map(({ content }) => content));
    expect(told(client)).toEqual(["run.started", ...ROUND, ...ROUND, "llm.called", "llm.responded", "run.completed"]);
    const started = client.raw("run.started");
    expect(started).toMatchObject({ agent_id: "museum", session_id: "thread-1", run_id: handler.lastRunId });
    expect(started.trace_id).toBe(handler.lastRunId?.replaceAll("-", ""));
    expect(started.payload).toMatchObject({ source: "langchain", input_length: "CANARY-question".length });
    expect(client.of("llm.called")[0]?.payload).toEqual({ model: "gpt-4o", provider: "openai" });
    expect(client.of("llm.responded").map(({ payload }) => payload)).toMatchObject([
      { ...TOKENS, model: "gpt-4o-2024-08-06", finish_reason: "tool_calls", tool_call_count: 1 },
      { ...TOKENS, finish_reason: "tool_calls", tool_call_count: 1 },
      { ...TOKENS, finish_reason: "stop", tool_call_count: 0, output_length: "CANARY-answer".length },
    ]);
    const [first, second] = client.of("tool.called").map(({ payload }) => payload);
    expect(first).toMatchObject({ tool_name: "web_search", args_length: JSON.stringify(SEARCH).length });
    expect(second?.args_hash).toBe(first?.args_hash);
    expect(client.of("tool.responded")[0]?.payload).toMatchObject({ success: true, output_length: 12 });
    expect(client.of("run.completed")[0]?.payload.facts).toMatchObject({
      llm_calls: 3,
      tool_calls: 2,
      prompt_tokens: 333,
    });
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("final_answer");
  });

  it("is told once when the client below is instrumented too, inside a run as well", async () => {
    const { unpatch } = instrumentOpenAI(OpenAI);
    try {
      server.answer(searches(), chatReply({ content: "done" }), chatReply({ content: "direct" }));
      const { client, handler } = recorded();
      const outer = client.dt.startRun("outer");
      await outer.within(async () => {
        await agent().invoke(QUESTION, { callbacks: [handler] });
        const direct = new OpenAI({ apiKey: "key", baseURL: `${server.url}/v1` });
        await direct.chat.completions.create({ model: "gpt-4o", messages: [] });
      });
      outer.end();
      told(client);
      const calls = client.of("llm.called").map(({ agent_id }) => agent_id);
      expect(calls).toEqual(["museum", "museum", "outer"]);
      expect(client.of("run.started").map(({ parent_run_id }) => parent_run_id)).toEqual([undefined, outer.runId]);
    } finally {
      unpatch();
    }
  });

  it("tells tools that throw, and goes on as it did", async () => {
    server.answer(searches(), chatReply({ content: "sorry" }));
    const { client, handler } = recorded();
    const failing = agent(() => {
      throw new TypeError("CANARY-error");
    });
    await failing.invoke(QUESTION, { callbacks: [handler] });
    told(client);
    expect(client.of("tool.responded")[0]?.payload).toMatchObject({ success: false, error_type: "TypeError" });
    expect(client.of("run.completed")).toHaveLength(1);
  });

  it("fails with the model's error, unchanged", async () => {
    server.answer(errorReply(429, "rate_limit_exceeded"));
    const { client, handler } = recorded();
    const model = new ServerModel(server.url);
    model.caller = Object.assign(model.caller, { maxRetries: 0 });
    const failing = createReactAgent({ llm: model, tools: [], name: "museum" }).invoke(QUESTION, {
      callbacks: [handler],
    });
    await expect(failing).rejects.toThrow(OpenAI.RateLimitError);
    expect(told(client)).toEqual(["run.started", "llm.called", "llm.responded", "run.errored"]);
    expect(client.of("llm.responded")[0]?.payload).toMatchObject({
      finish_reason: "error",
      error_type: "RateLimitError",
    });
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ exit_reason: "error", error_type: "RateLimitError" });
  });

  it("that runs into its limit of steps says so", async () => {
    server.answer(...Array.from({ length: 9 }, searches));
    const { client, handler } = recorded();
    const stuck = agent().invoke(QUESTION, { callbacks: [handler], recursionLimit: 4 });
    await expect(stuck).rejects.toThrow(/[Rr]ecursion limit/);
    told(client);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("max_steps");
  });

  it("is stopped mid-run by a policy, in its loop", async () => {
    server.answer(...Array.from({ length: 9 }, searches));
    const { client, handler } = recorded();
    client.dt.addPolicy({
      name: "no loops",
      condition: { trigger: "tool_call_count", operator: "gt", value: 2 },
      action: { type: "stop" },
    });
    const before = server.asked.length;
    await expect(agent().invoke(QUESTION, { callbacks: [handler] })).rejects.toThrow(PolicyViolation);
    expect(server.asked.length - before).toBe(3);
    told(client);
    expect(client.of("tool.called")).toHaveLength(3);
    expect(client.of("policy.triggered")).toHaveLength(1);
    expect(client.of("run.errored")[0]?.payload).toMatchObject({
      exit_reason: "policy_violation",
      policy_name: "no loops",
    });
  });
});

describe("streaming", () => {
  it("tells tokens and the time of the first one", async () => {
    server.answer({ events: chatEvents(["CANARY-", "answer"], true) });
    const { client, handler } = recorded();
    const pieces: string[] = [];
    for await (const piece of await new ServerModel(server.url).stream("CANARY-q", { callbacks: [handler] })) {
      pieces.push(piece.text);
    }
    expect(pieces.join("")).toBe("CANARY-answer");
    expect(told(client)).toEqual(["run.started", "llm.called", "llm.responded", "run.completed"]);
    expect(client.of("llm.responded")[0]?.payload).toMatchObject({
      ...TOKENS,
      finish_reason: "stop",
      first_token_ms: expect.any(Number),
      output_length: 13,
    });
  });

  it("of a graph is one run", async () => {
    server.answer(searches(), chatReply({ content: "done" }));
    const { client, handler } = recorded();
    const updates: string[] = [];
    for await (const update of await agent().stream(QUESTION, { callbacks: [handler], streamMode: "updates" })) {
      updates.push(...Object.keys(update));
    }
    expect(updates).toEqual(["agent", "tools", "agent"]);
    expect(told(client)).toEqual(["run.started", ...ROUND, "llm.called", "llm.responded", "run.completed"]);
  });
});

describe("below one root", () => {
  it("graphs inside graphs are no runs of their own", async () => {
    server.answer(searches(), chatReply({ content: "done" }));
    const { client, handler } = recorded();
    const inner = agent();
    const outer = new StateGraph(MessagesAnnotation)
      .addNode("research", async (state) => ({ messages: (await inner.invoke(state)).messages.slice(-1) }))
      .addEdge("__start__", "research")
      .addEdge("research", "__end__")
      .compile({ name: "editor" });
    await outer.invoke(QUESTION, { callbacks: [handler] });
    expect(told(client)).toEqual(["run.started", ...ROUND, "llm.called", "llm.responded", "run.completed"]);
    expect(client.raw("run.started").agent_id).toBe("editor");
  });

  it("parallel calls are told apart", async () => {
    const { client, handler } = recorded();
    const slow = new FakeListChatModel({ responses: ["slow answer"], sleep: 20 });
    const fast = new FakeListChatModel({ responses: ["fast"] });
    const both = RunnableParallel.from({ slow, fast });
    await both.invoke("CANARY-q", { callbacks: [handler], runName: "both" });
    expect(told(client)).toEqual([
      "run.started",
      "llm.called",
      "llm.called",
      "llm.responded",
      "llm.responded",
      "run.completed",
    ]);
    const lengths = client.of("llm.responded").map(({ step_index, payload }) => [step_index, payload.output_length]);
    expect(lengths).toEqual([
      [2, 4],
      [1, 11],
    ]);
  });

  it("runs at the same time keep apart, with one handler", async () => {
    const { client, handler } = recorded();
    const chain = RunnableLambda.from((q: string) => q.length).withConfig({ runName: "length" });
    await Promise.all(Array.from({ length: 20 }, () => chain.invoke("CANARY", { callbacks: [handler] })));
    told(client);
    expect(new Set(client.of("run.started").map(({ run_id }) => run_id)).size).toBe(20);
    expect(client.of("run.completed")).toHaveLength(20);
  });

  it("retrievers tell how much they found", async () => {
    const { client, handler } = recorded();
    const docs = [{ pageContent: "CANARY-doc", metadata: { score: 0.25 } }];
    const chain = new FakeRetriever({ output: docs }).withConfig({ runName: "handbook" });
    const empty = new FakeRetriever({ output: [] });
    await chain.invoke("CANARY-query", { callbacks: [handler] });
    await empty.invoke("CANARY-query", { callbacks: [handler] });
    told(client);
    expect(client.of("retrieval.responded").map(({ payload }) => payload)).toMatchObject([
      { index_name: "handbook", result_count: 1, top_score: 0.25 },
      { index_name: "FakeRetriever", result_count: 0, top_score: null },
    ]);
  });

  it("a graph that waits for a person has not answered", async () => {
    const { client, handler } = recorded();
    const State = Annotation.Root({ ok: Annotation<string>() });
    const graph = new StateGraph(State)
      .addNode("ask", () => ({ ok: interrupt("CANARY-really?") }))
      .addEdge("__start__", "ask")
      .compile({ checkpointer: new MemorySaver() });
    await graph.invoke({ ok: "" }, { callbacks: [handler], configurable: { thread_id: "t" } });
    expect(told(client)).toEqual(["run.started", "run.completed"]);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("completed");
  });
});
