import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { autoInstrument } from "../auto";
import { FakeModels, type Reply } from "../models/testing/fakeModels";
import { OPENAI_MAJORS } from "../models/testing/openaiMajors";
import { chatEvents } from "../models/testing/openaiReplies";
import { type Twice, twice } from "../models/testing/twice";
import { instrumentOpenAI } from ".";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

const ASK = { model: "gpt-4o", messages: [{ role: "user" as const, content: "CANARY-prompt" }] };
const TOKENS = { prompt_tokens: 111, completion_tokens: 22, cache_read_tokens: 64, reasoning_tokens: 5 };
const answers = ({ client }: Twice) => client.of("llm.responded").map(({ payload }) => payload);
const asked = () => server.asked.at(-1)?.body;

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of stream) found.push(piece);
  return found;
}

describe.each(OPENAI_MAJORS)("includeUsage with openai $version", ({ OpenAI }) => {
  const openai = () => new OpenAI({ apiKey: "CANARY-key", baseURL: `${server.url}/v1`, maxRetries: 0 });

  /** Without instrumentation the server gives no usage, with it what the wish makes it give. */
  async function same(program: () => Promise<unknown>, ...[plain, wished]: readonly Reply[]): Promise<Twice> {
    if (plain === undefined) throw new Error("an answer is needed");
    const replies = [plain];
    const found = await twice(server, replies, program, () => {
      if (wished !== undefined) server.answer(wished);
      return instrumentOpenAI(OpenAI, { includeUsage: true });
    });
    expect(found.instrumented).toEqual(found.plain);
    expect(found.client.dt.counters.faults).toBe(0);
    return found;
  }

  const both = (texts: readonly string[]) => [
    { events: chatEvents(texts, false) },
    { events: chatEvents(texts, true) },
  ];
  const stream = () => openai().chat.completions.create({ ...ASK, stream: true });

  it("tells the tokens of a stream, and the program gets what it got", async () => {
    const found = await same(async () => all(await stream()), ...both(["a", "b"]));
    expect(asked()).toEqual({ ...ASK, stream: true, stream_options: { include_usage: true } });
    expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "stop", output_length: 2 }]);
  });

  it("does so when it is split, read as a web stream, or by the package's helper", async () => {
    const split = async () => {
      const [left, right] = (await stream()).tee();
      return [await all(left), await all(right)];
    };
    const web = async () => new Response((await stream()).toReadableStream()).text();
    const helper = () => openai().chat.completions.stream(ASK).finalChatCompletion();
    for (const program of [split, web, helper]) {
      expect(answers(await same(program, ...both(["a", "b"])))).toMatchObject([TOKENS]);
    }
  });

  it("keeps the other options of the stream, and the program's own object as it is", async () => {
    const request = { ...ASK, stream: true as const, stream_options: { include_obfuscation: false } };
    const before = structuredClone(request);
    await same(async () => all(await openai().chat.completions.create(request)), ...both(["a"]));
    expect(asked()?.stream_options).toEqual({ include_obfuscation: false, include_usage: true });
    expect(request).toEqual(before);
  });

  it.each([true, false])("leaves a program alone that says itself: %s", async (include_usage) => {
    const request = { ...ASK, stream: true as const, stream_options: { include_usage } };
    const found = await same(async () => all(await openai().chat.completions.create(request)), {
      events: chatEvents(["a"], include_usage),
    });
    expect(asked()).toEqual(request);
    expect(answers(found)[0]?.prompt_tokens).toBe(include_usage ? 111 : undefined);
  });

  it("is for text completions too", async () => {
    const head = { id: "cmpl-1", object: "text_completion", created: 1, model: "gpt-3.5-turbo-instruct" };
    const choice = { index: 0, logprobs: null, finish_reason: "stop", text: "hi" };
    const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
    const found = await same(
      async () => all(await openai().completions.create({ model: head.model, prompt: "CANARY", stream: true })),
      { events: [{ data: { ...head, choices: [choice] } }, { data: "[DONE]" }] },
      {
        events: [
          { data: { ...head, choices: [choice], usage: null } },
          { data: { ...head, choices: [], usage } },
          { data: "[DONE]" },
        ],
      },
    );
    expect(answers(found)).toMatchObject([{ prompt_tokens: 5, completion_tokens: 7 }]);
  });

  it("asks for nothing outside of runs, nor for what is not streamed", async () => {
    const { unpatch } = instrumentOpenAI(OpenAI, { includeUsage: true });
    try {
      server.answer({ events: chatEvents(["a"], false) });
      await all(await stream());
      expect(asked()).toEqual({ ...ASK, stream: true });
    } finally {
      unpatch();
    }
  });
});

it("is an option of autoInstrument", async () => {
  const CommonJs: (typeof OPENAI_MAJORS)[number]["OpenAI"] = createRequire(import.meta.url)("openai").OpenAI;
  const openai = new CommonJs({ apiKey: "k", baseURL: `${server.url}/v1` });
  const found: { unpatch?: () => void } = {};
  found.unpatch = (await autoInstrument(["openai"], { includeUsage: true })).unpatch;
  try {
    const { client } = await twice(
      server,
      [{ events: chatEvents(["a"], true) }],
      async () => all(await openai.chat.completions.create({ ...ASK, stream: true })),
      () => ({ patched: [], unpatch: () => undefined }),
    );
    expect(asked()?.stream_options).toEqual({ include_usage: true });
    expect(client.of("llm.responded")).toHaveLength(1);
  } finally {
    found.unpatch();
  }
});

it("says which options there are", async () => {
  const [{ OpenAI } = { OpenAI: undefined }] = OPENAI_MAJORS;
  expect(() => instrumentOpenAI(OpenAI, { includeUse: true })).toThrow(
    'Unknown option "includeUse" of instrumentOpenAI.',
  );
  await expect(autoInstrument(["openai"], JSON.parse('{"includeUsage":1}'))).rejects.toThrow("must be true or false");
});
