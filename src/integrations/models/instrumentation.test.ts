import { createRequire } from "node:module";
import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PolicyViolation } from "../../sdk";
import { RecordedClient } from "../../sdk/testing/record";
import { instrumentAnthropic } from "../anthropic";
import { instrumentFetch, instrumentHttp } from "../http";
import { instrumentOpenAI } from "../openai";
import type { Instrumentation } from "./patch";
import { FakeModels } from "./testing/fakeModels";
import { chatEvents, chatReply } from "./testing/openaiReplies";

const server = new FakeModels();
const CommonJs: typeof OpenAI = createRequire(import.meta.url)("openai").OpenAI;
const create = OpenAI.Chat.Completions.prototype.create;

const undo: Instrumentation[] = [];
const made = (one: Instrumentation): Instrumentation => {
  undo.push(one);
  return one;
};

beforeAll(() => server.listen());
afterEach(() => {
  for (const one of undo.splice(0)) one.unpatch();
});
afterAll(() => server.close());

const options = () => ({ apiKey: "k", baseURL: `${server.url}/v1`, maxRetries: 0 });
const ASK = { model: "gpt-4o", messages: [{ role: "user" as const, content: "hi" }] };
const asked = () => server.asked.at(-1)?.body;
const calls = (client: RecordedClient): string[] => client.types.filter((type) => /^(llm|tool)/.test(type));

describe("a patch", () => {
  it("covers clients that exist already, and is undone", async () => {
    const openai = new OpenAI(options());
    const client = new RecordedClient();
    const patched = made(instrumentOpenAI(OpenAI));
    expect(patched.patched).toEqual(["openai.chat.completions", "openai.responses", "openai.completions"]);
    expect(create.name).toBe(OpenAI.Chat.Completions.prototype.create.name);
    expect(Object.keys(OpenAI.Chat.Completions.prototype)).toEqual([]);
    server.answer(chatReply({ content: "a" }), chatReply({ content: "b" }));
    await client.dt.run("agent", () => openai.chat.completions.create(ASK));
    expect(calls(client)).toEqual(["llm.called", "llm.responded"]);

    patched.unpatch();
    patched.unpatch();
    expect(OpenAI.Chat.Completions.prototype.create).toBe(create);
    await client.dt.run("agent", () => openai.chat.completions.create(ASK));
    expect(calls(client)).toHaveLength(2);
  });

  it("tells a call once that run.llm tells too", async () => {
    const openai = new OpenAI(options());
    const client = new RecordedClient();
    made(instrumentOpenAI(OpenAI));
    made(instrumentFetch());
    server.answer(chatReply({ content: "a" }));
    await client.dt.run("agent", (run) => run.llm("gpt-4o", () => openai.chat.completions.create(ASK)));
    expect(calls(client)).toEqual(["llm.called", "llm.responded"]);
    expect(client.of("llm.responded")[0]?.payload.prompt_tokens).toBeGreaterThan(0);
  });

  it("is made once, however often it is asked for, and again after it was undone", () => {
    const first = made(instrumentOpenAI(OpenAI));
    expect(made(instrumentOpenAI(OpenAI)).patched).toEqual([]);
    first.unpatch();
    expect(made(instrumentOpenAI(OpenAI)).patched).toHaveLength(3);
  });

  it("covers each copy of a package for itself", async () => {
    expect(CommonJs).not.toBe(OpenAI);
    expect(made(instrumentOpenAI(OpenAI, CommonJs)).patched).toHaveLength(6);
    const client = new RecordedClient();
    server.answer(chatReply({ content: "a" }), chatReply({ content: "b" }));
    await client.dt.run("agent", async () => {
      await new OpenAI(options()).chat.completions.create(ASK);
      await new CommonJs(options()).chat.completions.create(ASK);
    });
    expect(calls(client)).toEqual(["llm.called", "llm.responded", "llm.called", "llm.responded"]);
  });

  it("stays out of the way of others that patch the same method", async () => {
    const holder = OpenAI.Chat.Completions.prototype;
    const ours = made(instrumentOpenAI(OpenAI));
    let seen = 0;
    const below = holder.create;
    const theirs = new Proxy(below, {
      apply: (target, self, args) => {
        seen += 1;
        return Reflect.apply(target, self, args);
      },
    });
    holder.create = theirs;
    try {
      const client = new RecordedClient();
      expect(made(instrumentOpenAI(OpenAI)).patched).toEqual([]);
      server.answer(chatReply({ content: "a" }), chatReply({ content: "b" }));
      await client.dt.run("agent", () => new OpenAI(options()).chat.completions.create(ASK));
      expect(calls(client)).toEqual(["llm.called", "llm.responded"]);
      ours.unpatch();
      expect(holder.create).toBe(theirs);
      await client.dt.run("agent", () => new OpenAI(options()).chat.completions.create(ASK));
      expect(calls(client)).toHaveLength(2);
      expect(seen).toBe(2);
    } finally {
      holder.create = create;
    }
  });

  it("wants the class", () => {
    expect(() => instrumentOpenAI()).toThrow("needs the class OpenAI");
    expect(() => instrumentOpenAI(new OpenAI(options()))).toThrow("needs the class OpenAI");
    expect(() => instrumentAnthropic(OpenAI)).toThrow("needs the class Anthropic");
  });
});

describe("model calls", () => {
  const openai = () => new OpenAI(options());

  it("outside of runs, and after the end of one, are just made", async () => {
    made(instrumentOpenAI(OpenAI));
    const client = new RecordedClient();
    server.answer(chatReply({ content: "a" }), chatReply({ content: "b" }), { events: chatEvents(["c"], true) });
    await openai().chat.completions.create(ASK);
    expect(client.texts).toEqual([]);
    await client.dt.startRun("agent").within(async () => {
      // The run of this block has ended when the second call is made.
      const run = client.dt.startRun("other");
      await run.within(async () => {
        run.end();
        await openai().chat.completions.create(ASK);
      });
    });
    expect(calls(client)).toEqual([]);
  });

  it("are not told a second time as the HTTP requests they are", async () => {
    made(instrumentFetch());
    made(instrumentHttp());
    made(instrumentOpenAI(OpenAI));
    const client = new RecordedClient();
    server.answer(chatReply({ content: "a" }), { events: chatEvents(["c"], true) }, { status: 500, json: {} });
    await client.dt.run("agent", async () => {
      await openai().chat.completions.create(ASK);
      for await (const _ of await openai().chat.completions.create({ ...ASK, stream: true }));
      await openai()
        .chat.completions.create(ASK)
        .catch(() => undefined);
    });
    expect(calls(client)).toEqual(Array.from({ length: 3 }, () => ["llm.called", "llm.responded"]).flat());
  });

  it("leave an error that nobody handles to the process", async () => {
    made(instrumentOpenAI(OpenAI));
    const client = new RecordedClient();
    server.answer({ status: 400, json: { error: { message: "no" } } });
    const unhandled = new Promise<unknown>((resolve) => {
      const others = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection");
      process.once("unhandledRejection", (reason) => {
        for (const other of others) process.on("unhandledRejection", other);
        resolve(reason);
      });
    });
    client.dt.startRun("agent").within(() => {
      void openai().chat.completions.create(ASK);
    });
    expect(await unhandled).toBeInstanceOf(OpenAI.BadRequestError);
    expect(calls(client)).toEqual(["llm.called", "llm.responded"]);
  });
});

describe("policies", () => {
  const openai = () => new OpenAI(options());
  const always = { trigger: "step_count", operator: "gte", value: 1 } as const;

  it("switch the model of the next call, and put texts in front of it, once", async () => {
    made(instrumentOpenAI(OpenAI));
    const client = new RecordedClient();
    client.dt.addPolicy({
      name: "cheap",
      condition: always,
      action: { type: "switch_model", params: { model: "gpt-4o-mini" } },
    });
    client.dt.addPolicy({
      name: "hint",
      condition: always,
      action: { type: "inject_prompt", params: { prompt: "Be brief." } },
    });
    server.answer(...Array.from({ length: 3 }, () => chatReply({ content: "a" })));
    await client.dt.run("agent", async () => {
      await openai().chat.completions.create(ASK);
      expect(asked()).toEqual(ASK);
      const own = structuredClone(ASK);
      await openai().chat.completions.create(own);
      expect(own).toEqual(ASK);
      expect(asked()).toEqual({
        model: "gpt-4o-mini",
        messages: [{ role: "system", content: "Be brief." }, ...ASK.messages],
      });
      await openai().chat.completions.create(ASK);
      expect(asked()).toEqual({ ...ASK, model: "gpt-4o-mini" });
    });
    expect(client.of("llm.called").map(({ payload }) => payload.model)).toEqual([
      "gpt-4o",
      "gpt-4o-mini",
      "gpt-4o-mini",
    ]);
  });

  it.each([
    ["that is whole", () => openai().chat.completions.create(ASK), chatReply({ content: "a" }, "length")],
    [
      "that is streamed",
      async () => {
        for await (const _ of await openai().chat.completions.create({ ...ASK, stream: true }));
      },
      { events: chatEvents(["a"], true, "length") },
    ],
  ])("stop the agent at the answer %s", async (_, program, reply) => {
    made(instrumentOpenAI(OpenAI));
    const client = new RecordedClient();
    client.dt.addPolicy({
      name: "cut",
      condition: { trigger: "finish_reason", operator: "eq", value: "length" },
      action: { type: "stop" },
    });
    server.answer(reply);
    await expect(client.dt.run("agent", async () => program())).rejects.toThrow(PolicyViolation);
    expect(client.lines.at(-1)?.payload).toMatchObject({ exit_reason: "policy_violation", policy_name: "cut" });
  });
});
