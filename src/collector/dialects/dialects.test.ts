import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsText } from "../../core/hashing";
import { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import { content, hash, span, T0 } from "../testSpans";
import { ATTRIBUTES, componentOf } from ".";

function llm(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "llm") throw new Error(`${component.name} is ${component.kind}`);
  return component.llm;
}

function tools(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "tool") throw new Error(`${component.name} is ${component.kind}`);
  return component.uses;
}

function retrieval(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "retrieval") throw new Error(`${component.name} is ${component.kind}`);
  return component.retrieval;
}

const chat = (attributes: Parameters<typeof span>[1]) =>
  span("chat", { "gen_ai.operation.name": "chat", ...attributes });
const json = (value: unknown): string => JSON.stringify(value);

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

describe("tools", () => {
  const execute = (attributes: Parameters<typeof span>[1]) =>
    span("execute_tool search", { "gen_ai.operation.name": "execute_tool", ...attributes });
  const plain = hash(argumentsText({ query: "cats" }) ?? "");

  it("takes what frameworks wrap around arguments away, so that equal calls have equal hashes", () => {
    for (const step of [1, 2]) {
      const wrapped = json({
        input_str: "{'query': 'cats'}",
        tags: [],
        metadata: { langgraph_step: step },
        inputs: { query: "cats" },
        kwargs: { tool_call_id: `c${step}` },
      });
      expect(tools(execute({ "gen_ai.tool.call.arguments": wrapped }))[0]?.called.args_hash).toBe(plain);
    }
    const decorated = span("search.tool", {
      "traceloop.span.kind": "tool",
      "traceloop.entity.name": "search",
      "traceloop.entity.input": json({ args: [], kwargs: { query: "cats" } }),
    });
    expect(tools(decorated)[0]?.called).toMatchObject({ tool_name: "search", args_hash: plain });
    for (const sent of [{ query: "cats" }, '{"query": "cats"}']) {
      expect(tools(execute({ "gen_ai.tool.call.arguments": sent }))[0]?.called.args_hash).toBe(plain);
    }
  });

  it("falls back to the text of the input, and measures the result inside its wrapping", () => {
    const attributes = {
      "gen_ai.tool.call.arguments": json({ input_str: "cats", metadata: {} }),
      "gen_ai.tool.call.result": json({ output: { kwargs: { content: "12345", tool_call_id: "c1" } } }),
    };
    const [use] = tools(execute(attributes));
    expect(use?.called).toMatchObject({ args_hash: hash("cats"), args_length: 4 });
    expect(use?.answer).toMatchObject({ success: true, output_length: 5 });
  });

  it("measures a text that OpenLLMetry's decorators put in quotes without them", () => {
    const lengthOf = (output: string) =>
      tools(span("search.tool", { "traceloop.span.kind": "tool", "traceloop.entity.output": output }))[0]?.answer
        .output_length;
    expect([lengthOf(json("12345")), lengthOf(json('1"3')), lengthOf('"a" or "b"')]).toEqual([5, 3, 10]);
  });

  it("names a tool by its attributes, else by its span", () => {
    expect(tools(execute({}))[0]?.called.tool_name).toBe("search");
    expect(tools(execute({ "gen_ai.tool.name": "lookup" }))[0]?.called.tool_name).toBe("lookup");
    expect(tools(span("find.tool", { "traceloop.span.kind": "tool" }))[0]?.called.tool_name).toBe("find");
  });

  it("sees that a Haystack 3 tool failed although its span's status is unset", () => {
    const told = span("haystack.agent.step.tool", { "haystack.tool.name": "search", "haystack.tool.error": true });
    expect(tools(told)[0]?.answer).toMatchObject({ success: false, error_type: "Error" });
    const explained = new Map([...told.attributes, ["haystack.agent.step.tool.output", json({ error: "no" })]]);
    expect(tools({ ...told, attributes: explained })[0]?.answer).toMatchObject({
      success: false,
      error_type: "Error",
      error_hash: hash("no"),
    });
  });

  it("keeps the class of an error that has no message", () => {
    const attributes = { "gen_ai.operation.name": "execute_tool", "error.type": "TimeoutError" };
    const [use] = tools(span("execute_tool search", attributes, { status: "error" }));
    expect(use?.answer).toMatchObject({ success: false, error_type: "TimeoutError" });
  });

  it("takes an answer with an error in it for an answer, as every other way to report does", () => {
    for (const output of [{ error: null, orders: [] }, { error: "no such order" }]) {
      const attributes = { "haystack.tool.name": "orders", "haystack.agent.step.tool.output": json(output) };
      const [use] = tools(span("haystack.agent.step.tool", attributes));
      expect(use?.answer).toMatchObject({ success: true, output_length: json(output).length });
    }
  });

  it("names the tool whose error a Haystack 2 ToolInvoker raised", () => {
    const statusMessage = "PipelineRuntimeError: …\nError: Failed to invoke Tool `lookup` with parameters {'id': 1}.";
    const attributes = { "haystack.component.type": "ToolInvoker", "haystack.component.name": "tool_invoker" };
    const [use] = tools(span("haystack.component.run", attributes, { status: "error", statusMessage }));
    expect([use?.called.tool_name, use?.answer.success]).toEqual(["lookup", false]);
  });

  it("reads every call of a Haystack 2 ToolInvoker", () => {
    const result = (tool_name: string, error: boolean) => ({
      content: [
        {
          tool_call_result: {
            result: "abc",
            error,
            origin: { tool_name, arguments: { query: "cats" }, id: tool_name },
          },
        },
      ],
    });
    const uses = tools(
      span("haystack.component.run", {
        "haystack.component.type": "ToolInvoker",
        "haystack.component.output": json({ tool_messages: [result("a", false), result("b", true)] }),
      }),
    );
    expect(
      uses.map(({ called, answer }) => [called.tool_name, called.args_hash, answer.success, answer.output_length]),
    ).toEqual([
      ["a", plain, true, 3],
      ["b", plain, false, undefined],
    ]);
  });

  it("takes a Python repr as text", () => {
    const use = tools(execute({ "gen_ai.tool.call.result": "{'a': None}" }))[0];
    expect(use?.answer.output_length).toBe(11);
  });
});

describe("retrievals", () => {
  it("counts results and takes the best score however they are sent", () => {
    const documents = [{ score: 0.5 }, { score: 0.9 }];
    const spans = [
      span("retrieval", { "gen_ai.operation.name": "retrieval", "gen_ai.retrieval.documents": json(documents) }),
      span("haystack.component.run", {
        "haystack.component.type": "BM25Retriever",
        "haystack.component.output": json({ documents }),
      }),
      span("Retriever", {
        "openinference.span.kind": "RETRIEVER",
        "retrieval.documents.0.document.score": 0.5,
        "retrieval.documents.1.document.score": 0.9,
      }),
    ];
    for (const each of spans) expect(retrieval(each).answer).toMatchObject({ result_count: 2, top_score: 0.9 });
    const far = span("Retriever", {
      "openinference.span.kind": "RETRIEVER",
      "retrieval.documents.99999999.document.score": 1,
    });
    expect(retrieval(far).answer.result_count).toBe(1);
  });

  it("knows an empty result, also where OpenInference leaves its attributes out", () => {
    const empty = span("Retriever", {
      "openinference.span.kind": "RETRIEVER",
      "output.value": json({ documents: [] }),
    });
    expect(retrieval(empty).answer).toMatchObject({ result_count: 0, top_score: null });
    const counted = {
      "gen_ai.operation.name": "vector_db_retrieve",
      "traceloop.entity.output": json({ documents: [], count: 0 }),
    };
    expect(retrieval(span("vector_db_retrieve X", counted)).answer.result_count).toBe(0);
  });

  it("says nothing of results without content tracing", () => {
    const { answer } = retrieval(span("haystack.component.run", { "haystack.component.type": "BM25Retriever" }));
    expect([answer.result_count, answer.top_score]).toEqual([undefined, undefined]);
  });
});

describe("hints", () => {
  const agentOf = (attributes: Parameters<typeof span>[1], resource?: Record<string, string>) =>
    componentOf(span("x", attributes, resource === undefined ? {} : { resource }), { content }).hints.agent?.name;

  it("prefers agent names in their order", () => {
    const names = {
      "haystack.pipeline.metadata": json({ name: "g" }),
      "hayhooks.pipeline.name": "f",
      "ai.telemetry.functionId": "d",
      "traceloop.workflow.name": "c",
      "agent.name": "b",
      "gen_ai.agent.name": "a",
    };
    const left: Record<string, string> = { ...names };
    for (const [name, expected] of Object.entries(names).reverse()) {
      expect(agentOf(left)).toBe(expected === names["haystack.pipeline.metadata"] ? "g" : expected);
      delete left[name];
    }
    expect(agentOf({})).toBe("shop");
    expect(agentOf(names, { "service.name": "s", "dunetrace.agent_id": "mine" })).toBe("mine");
  });

  it("reads session, user, tools and what the run was asked, hashed", () => {
    const agent = span("invoke_agent a", {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.conversation.id": "c1",
      "user.id": "u1",
      "gen_ai.tool.definitions": json([{ name: "search" }, { type: "function", function: { name: "mail" } }]),
      "gen_ai.input.messages": json([
        { role: "user", parts: [{ type: "text", content: "first" }] },
        { role: "user", parts: [{ type: "text", content: "last" }] },
      ]),
    });
    const { hints } = componentOf(agent, { content });
    expect(hints).toMatchObject({
      session: "c1",
      user: hash("u1"),
      tools: ["search", "mail"],
      input: { input_hash: hash("last"), input_length: 4 },
    });
  });

  it("knows how Haystack agents ended, by name or by their steps", () => {
    const told = (attributes: Parameters<typeof span>[1]) => {
      const { exit, steps } = componentOf(span("haystack.agent.run", attributes), { content }).hints;
      return [exit, steps?.allTaken, steps?.lastTools];
    };
    expect(told({ "haystack.agent.output": json({ exit_reason: "max_agent_steps" }) })[0]).toBe("max_steps");
    expect(told({ "haystack.agent.output": json({ exit_reason: "text" }) })[0]).toBe("final_answer");
    const steps = { "haystack.agent.max_steps": 5, "haystack.agent.exit_conditions": json(["text", "send"]) };
    expect(told({ ...steps, "haystack.agent.steps_taken": 5 })).toEqual([undefined, true, ["text", "send"]]);
    expect(told({ ...steps, "haystack.agent.steps_taken": 2 })[1]).toBe(false);
    expect(told(steps)[1]).toBe(false);
  });

  it("reads the names of the tools a Haystack agent has, also of sets of tools", () => {
    const tool = (name: string) => ({ type: "haystack.tools.tool.Tool", data: { name, description: "secret" } });
    const set = (...tools: object[]) => ({ type: "haystack.tools.toolset.Toolset", data: { tools } });
    const tools = (value: string) =>
      componentOf(span("haystack.agent.run", { "haystack.agent.tools": value }), { content }).hints.tools;
    expect(tools(json([tool("search"), set(tool("mail"), tool("fax"))]))).toEqual(["search", "mail", "fax"]);
    expect(tools(json(set(tool("mail"))))).toEqual(["mail"]);
    expect(tools("[]")).toEqual([]);
    expect(tools("[Tool(name='search', description='secret')]")).toBeUndefined();
    expect(tools("")).toBeUndefined();
  });

  it("takes what the user said out of the data of a Haystack pipeline, not the role or the instructions", () => {
    const message = (role: string, text: string) => ({ role, meta: {}, name: null, content: [{ text }] });
    const input = (data: object) =>
      componentOf(span("haystack.pipeline.run", { "haystack.pipeline.input_data": json(data) }), { content }).hints
        .input?.input_hash;
    const messages = [message("system", "Be kind"), message("user", "Hello"), message("assistant", "Hi")];
    expect(input({ llm: { messages } })).toBe(hash("Hello"));
    expect(input({ agent: { messages: [message("user", "first"), message("user", "last")] } })).toBe(hash("last"));
    expect(input({ retriever: { top_k: 3, query: "cats" }, prompt: { question: "dogs" } })).toBe(hash("cats"));
    expect(input({ llm: { messages: [message("system", "Be kind")] } })).toBe(hash("Be kind"));
    expect(input({ llm: { messages: [] } })).toBeUndefined();
  });

  it("tells how Hayhooks was called", () => {
    const run = span("hayhooks.openai.run", {
      "hayhooks.transport": "openai",
      "hayhooks.pipeline.name": "rag",
      "hayhooks.route": "/chat?q=secret",
      "hayhooks.response.stream_type": "async",
    });
    expect(componentOf(run, { content }).hints).toMatchObject({
      kind: "openai",
      attrs: { transport: "openai", pipeline: "rag", route: "/chat", stream_type: "async" },
    });
  });
});

describe("names beside the usual ones", () => {
  it("takes the requested model from OpenInference's parameters, also where the call failed", () => {
    const named = { "openinference.span.kind": "LLM", "llm.invocation_parameters": json({ model: "gpt-4o" }) };
    const failed = llm(span("ChatCompletion", named, { status: "error" }));
    expect([failed.called.model, failed.answer.model]).toEqual(["gpt-4o", undefined]);
    const answered = llm(span("ChatCompletion", { ...named, "llm.model_name": "gpt-4o-2024-08-06" }));
    expect([answered.called.model, answered.answer.model]).toEqual(["gpt-4o", "gpt-4o-2024-08-06"]);
  });

  it("takes the provider behind LangChain, which OpenLLMetry 0.40 calls the provider", () => {
    const framework = { "gen_ai.system": "Langchain" };
    expect(llm(chat(framework)).called.provider).toBeUndefined();
    const behind = { ...framework, "traceloop.association.properties.ls_provider": "anthropic" };
    expect(llm(chat(behind)).called.provider).toBe("anthropic");
  });

  it("reads declared tools that have an attribute each", () => {
    const flat = [
      { "llm.request.functions.0.name": "search", "llm.request.functions.1.name": "mail" },
      {
        "llm.tools.0.tool.json_schema": json({ type: "function", function: { name: "search" } }),
        "llm.tools.1.tool.json_schema": json({ name: "mail", input_schema: {} }),
      },
    ];
    for (const attributes of flat) {
      expect(componentOf(chat(attributes), { content }).hints.tools).toEqual(["search", "mail"]);
    }
  });

  it("finds the question in LangChain's messages, however they are written", () => {
    const written = [
      { role: "user", content: "question" },
      ["human", "question"],
      ["user", "question"],
      { lc: 1, type: "constructor", id: ["HumanMessage"], kwargs: { content: "question", type: "human" } },
      {
        lc: 1,
        type: "constructor",
        id: ["HumanMessage"],
        kwargs: { content: [{ type: "text", text: "question" }], type: "human" },
      },
    ];
    for (const message of written) {
      for (const messages of [[message], [["system", "be kind"], message]]) {
        const sent = json({ inputs: { messages }, tags: [], metadata: {}, kwargs: { name: "agent" } });
        const workflow = span("agent.workflow", { "traceloop.span.kind": "workflow", "traceloop.entity.input": sent });
        expect(componentOf(workflow, { content }).hints.input?.input_hash).toBe(hash("question"));
      }
    }
  });

  it("takes two arguments of a function for no message", () => {
    const sent = json({ args: ["question", "more"], kwargs: {} });
    const workflow = span("agent.workflow", { "traceloop.span.kind": "workflow", "traceloop.entity.input": sent });
    expect(componentOf(workflow, { content }).hints.input?.input_hash).toBe(hash("question"));
  });

  it("takes Anthropic's counting of tokens for no call of a model", () => {
    const counting = span("anthropic.messages.count_tokens", { "gen_ai.request.model": "claude-sonnet-5-5" });
    expect(componentOf(counting, { content }).kind).toBe("setup");
    const session = span("anthropic.sessions.create", { "gen_ai.request.model": "claude-sonnet-5-5" });
    expect(componentOf(session, { content }).kind).toBe("setup");
  });
});

describe("content", () => {
  const SECRET = "canary 4711 content";
  const everything = Object.values(ATTRIBUTES)
    .flat()
    .map(([name]) => name);
  /** Names and ids, which are written as they are. */
  const written = new Set(
    (
      [
        "requestModel",
        "responseModel",
        "responseId",
        "provider",
        "toolName",
        "toolCallId",
        "index",
        "agent",
        "version",
        "tools",
        "session",
        "transport",
        "route",
        "pipeline",
        "streamType",
      ] as const
    ).flatMap((meaning) => ATTRIBUTES[meaning].map(([name]) => name as string)),
  );
  const secrets = Object.fromEntries(everything.filter((name) => !written.has(name)).map((name) => [name, SECRET]));
  const kinds = [
    ["chat", { "gen_ai.operation.name": "chat" }],
    ["tool", { "gen_ai.operation.name": "execute_tool" }],
    ["retrieval", { "gen_ai.operation.name": "retrieval" }],
    ["agent", { "gen_ai.operation.name": "invoke_agent" }],
    ["other", {}],
  ] as const;

  it.each(kinds)("of a %s leaves nothing behind but hashes", (name, attributes) => {
    const events = [
      {
        name: "exception",
        time: T0,
        attributes: new Map([
          ["exception.message", `${SECRET} `],
          ["exception.stacktrace", SECRET],
          ["exception.type", "E"],
        ]),
      },
    ];
    const failed = span(name, { ...secrets, ...attributes }, { status: "error", statusMessage: SECRET, events });
    expect(JSON.stringify(componentOf(failed, { content }))).not.toContain(SECRET.slice(0, 8));
  });

  it("is told with capture full", () => {
    const full = new Content("full", hash, "sha256");
    const component = componentOf(
      span("x", {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.call.arguments": json({ q: SECRET, api_key: "k-1" }),
      }),
      { content: full },
    );
    expect(JSON.stringify(component)).toContain(SECRET);
    expect(JSON.stringify(component)).not.toContain("k-1");
  });
});

it("reads any attribute values without throwing", () => {
  const names = Object.values(ATTRIBUTES)
    .flat()
    .map(([name]) => name);
  const value = fc.oneof(fc.jsonValue(), fc.json(), fc.string(), fc.constant("__proto__"));
  const attributes = fc.dictionary(
    fc.constantFrom(...names, "gen_ai.operation.name", "haystack.component.type"),
    value,
  );
  const operation = fc.constantFrom("chat", "execute_tool", "retrieval", "invoke_agent", "plan");
  fc.assert(
    fc.property(attributes, operation, (given, kind) => {
      const sent = new Map(Object.entries({ ...given, "gen_ai.operation.name": kind }));
      const component = componentOf({ ...span("x"), attributes: sent as Span["attributes"] }, { content });
      expect(JSON.stringify(component).length).toBeLessThan(20_000);
    }),
    { numRuns: 400 },
  );
});
