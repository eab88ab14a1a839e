import Anthropic from "@anthropic-ai/sdk";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, jsonSchema, stepCountIs, tool } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dunetraceTracer } from "../../src/integrations/ai-sdk";
import { instrumentAnthropic } from "../../src/integrations/anthropic";
import { DunetraceCallbackHandler } from "../../src/integrations/langchain";
import { messageReply, text } from "../../src/integrations/models/testing/anthropicReplies";
import { FakeModels, type Reply } from "../../src/integrations/models/testing/fakeModels";
import { OPENAI_MAJORS } from "../../src/integrations/models/testing/openaiMajors";
import { chatReply, outputText, response } from "../../src/integrations/models/testing/openaiReplies";
import { instrumentOpenAI } from "../../src/integrations/openai";
import { getCurrentRun } from "../../src/sdk";
import { RecordedClient } from "../../src/sdk/testing/record";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

/** After the first step the model is another, and a text comes in front of the next request. */
function guiding(): RecordedClient {
  const client = new RecordedClient({ clock: undefined });
  const condition = { trigger: "step_count", operator: "gte", value: 1 } as const;
  client.dt.addPolicy({ name: "m", condition, action: { type: "switch_model", params: { model: "small" } } });
  client.dt.addPolicy({ name: "p", condition, action: { type: "inject_prompt", params: { prompt: "Be brief." } } });
  return client;
}

/** The bodies of three requests of one run. */
async function bodies(reply: Reply, ask: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  server.answer(reply, reply, reply);
  const before = server.asked.length;
  await guiding().dt.run("agent", async () => {
    for (let at = 0; at < 3; at++) await ask();
  });
  return server.asked.slice(before).map(({ body }) => body);
}

const turn = { role: "user" as const, content: "hi" };
const system = { role: "system", content: "Be brief." };

describe.each(OPENAI_MAJORS)("the next request of openai $version", ({ OpenAI }) => {
  it.each(["chat.completions", "responses"])("of %s has the other model and, once, the text", async (api) => {
    const { unpatch } = instrumentOpenAI(OpenAI);
    try {
      const openai = new OpenAI({ apiKey: "k", baseURL: `${server.url}/v1`, maxRetries: 0 });
      if (api === "responses") {
        const request = { model: "big", input: "hi", instructions: "Own." };
        const found = await bodies({ json: response([outputText("a")]) }, () => openai.responses.create(request));
        expect(found).toEqual([
          request,
          { ...request, model: "small", instructions: "Be brief.\n\nOwn." },
          { ...request, model: "small" },
        ]);
      } else {
        const request = { model: "big", messages: [turn] };
        const found = await bodies(chatReply({ content: "a" }), () => openai.chat.completions.create(request));
        expect(found).toEqual([
          request,
          { model: "small", messages: [system, turn] },
          { model: "small", messages: [turn] },
        ]);
      }
    } finally {
      unpatch();
    }
  });
});

it("the next request of @anthropic-ai/sdk has the other model and, once, the text", async () => {
  const { unpatch } = instrumentAnthropic(Anthropic);
  try {
    const anthropic = new Anthropic({ apiKey: "k", baseURL: server.url, maxRetries: 0 });
    const request = { model: "big", max_tokens: 9, messages: [turn] };
    const found = await bodies(messageReply([text("a")]), () => anthropic.messages.create(request));
    expect(found).toEqual([
      request,
      { ...request, model: "small", system: "Be brief." },
      { ...request, model: "small" },
    ]);
  } finally {
    unpatch();
  }
});

describe("LangChain's ChatOpenAI", () => {
  const model = () =>
    new ChatOpenAI({ model: "big", apiKey: "k", maxRetries: 0, configuration: { baseURL: `${server.url}/v1` } });
  const guided = (body: Record<string, unknown> = {}) => [body.model, body.messages];

  it("inside dt.run is guided through the instrumented client below it", async () => {
    const [{ OpenAI } = { OpenAI: undefined }] = OPENAI_MAJORS;
    const { unpatch } = instrumentOpenAI(OpenAI);
    try {
      const llm = model();
      const found = await bodies(chatReply({ content: "a" }), () => llm.invoke("hi"));
      expect(found.map(guided)).toEqual([
        ["big", [turn]],
        ["small", [system, turn]],
        ["small", [turn]],
      ]);
    } finally {
      unpatch();
    }
  });

  it("under the callback handler is not: handlers cannot change a request", async () => {
    const { dt } = guiding();
    const handler = new DunetraceCallbackHandler(dt);
    server.answer(chatReply({ content: "a" }), chatReply({ content: "b" }));
    const before = server.asked.length;
    const chain = model().pipe((answer) => model().invoke(answer.text, { callbacks: [handler] }));
    await chain.invoke("hi", { callbacks: [handler] });
    expect(server.asked.slice(before).map(({ body }) => body.model)).toEqual(["big", "big"]);
  });
});

describe("the AI SDK", () => {
  const usage = {
    inputTokens: { total: 7, noCache: 7, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 3, text: 3, reasoning: undefined },
  };
  const made: string[] = [];
  function named(modelId: string): MockLanguageModelV3 {
    return new MockLanguageModelV3({
      modelId,
      doGenerate: async ({ prompt }) => {
        const [first] = prompt;
        made.push(`${modelId} ${first?.role === "system" ? first.content : "-"}`);
        const call = { type: "tool-call" as const, toolCallId: `c${made.length}`, toolName: "search", input: "{}" };
        const answer = { type: "text" as const, text: "done" };
        return {
          content: [made.length < 3 ? call : answer],
          finishReason: { unified: made.length < 3 ? ("tool-calls" as const) : ("stop" as const), raw: undefined },
          usage,
          warnings: [],
        };
      },
    });
  }
  const tools = {
    search: tool({ inputSchema: jsonSchema({ type: "object", properties: {} }), execute: async () => "found" }),
  };

  async function asked(
    prepareStep: () => { readonly model?: MockLanguageModelV3; readonly system?: string } = () => ({}),
  ) {
    made.length = 0;
    const experimental_telemetry = { isEnabled: true, tracer: dunetraceTracer(guiding().dt) };
    const options = { model: named("big"), prompt: "hi", tools, stopWhen: stepCountIs(5), experimental_telemetry };
    await generateText({ ...options, prepareStep });
    return made;
  }

  it("takes nothing by itself: a tracer cannot change a request", async () => {
    expect(await asked()).toEqual(["big -", "big -", "big -"]);
  });

  it("does where prepareStep asks the run", async () => {
    const found = await asked(() => {
      const run = getCurrentRun();
      const model = run?.modelOverride;
      const prompt = run?.popPromptAddition();
      return {
        ...(model === undefined ? {} : { model: named(model) }),
        ...(prompt === undefined ? {} : { system: prompt }),
      };
    });
    expect(found).toEqual(["big -", "small Be brief.", "small -"]);
  });
});
