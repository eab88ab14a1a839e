import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeModels, type Reply } from "../models/testing/fakeModels";
import { OPENAI_MAJORS } from "../models/testing/openaiMajors";
import {
  chatEvents,
  chatReply,
  errorReply,
  RETRY_AT_ONCE,
  toolCall,
  toolEvents,
} from "../models/testing/openaiReplies";
import { type Twice, twice } from "../models/testing/twice";
import { instrumentOpenAI } from ".";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

const ASK = { model: "gpt-4o", messages: [{ role: "user" as const, content: "CANARY-prompt" }] };
const TOKENS = { prompt_tokens: 111, completion_tokens: 22, cache_read_tokens: 64, reasoning_tokens: 5 };

const types = ({ client }: Twice): string[] => client.types.filter((type) => /^(llm|tool)/.test(type));
const answers = ({ client }: Twice) => client.of("llm.responded").map(({ payload }) => payload);

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of stream) found.push(piece);
  return found;
}

/** The pieces of a web stream. */
async function chunks(stream: unknown): Promise<Uint8Array[]> {
  if (!(stream instanceof ReadableStream)) throw new Error("no web stream came back");
  const found: Uint8Array[] = [];
  for await (const piece of stream) if (piece instanceof Uint8Array) found.push(piece);
  return found;
}

describe.each(OPENAI_MAJORS)("openai $version", ({ OpenAI }) => {
  const openai = () => new OpenAI({ apiKey: "CANARY-key", baseURL: `${server.url}/v1`, maxRetries: 2 });

  /** Runs a program both ways, and checks that it saw the same and that no content was told. */
  async function same(replies: readonly Reply[], program: () => Promise<unknown>): Promise<Twice> {
    const found = await twice(server, replies, program, () => instrumentOpenAI(OpenAI));
    expect(found.instrumented).toEqual(found.plain);
    expect(found.requests[1]).toBe(found.requests[0]);
    expect(found.client.texts.join("")).not.toContain("CANARY");
    expect(found.client.dt.counters.faults).toBe(0);
    return found;
  }

  describe("chat completions", () => {
    it("tell model, tokens, finish reason, length and time", async () => {
      const found = await same([chatReply({ content: "CANARY-answer" })], () => openai().chat.completions.create(ASK));
      expect(types(found)).toEqual(["llm.called", "llm.responded"]);
      expect(found.client.of("llm.called")[0]?.payload).toEqual({ model: "gpt-4o" });
      expect(answers(found)).toEqual([
        {
          ...TOKENS,
          model: "gpt-4o-2024-08-06",
          latency_ms: expect.any(Number),
          finish_reason: "stop",
          tool_call_count: 0,
          output_hash: expect.any(String),
          output_length: 13,
          cost_usd: expect.any(Number),
        },
      ]);
    });

    it("count tool calls", async () => {
      const tool_calls = [toolCall("a", "search", { q: "CANARY-args" }), toolCall("b", "search", { q: "x" })];
      const found = await same([chatReply({ content: null, tool_calls }, "tool_calls")], () =>
        openai().chat.completions.create(ASK),
      );
      expect(answers(found)).toMatchObject([{ finish_reason: "tool_calls", tool_call_count: 2, output_length: 0 }]);
    });

    it("come with their response", async () => {
      const found = await same([chatReply({ content: "hi" })], async () => {
        const { data, response, request_id } = await openai().chat.completions.create(ASK).withResponse();
        return [data, response.status, response.headers.get("content-type"), request_id];
      });
      expect(answers(found)).toMatchObject([TOKENS]);
    });

    it("can be read as raw responses, whose content is unknown then", async () => {
      const found = await same([chatReply({ content: "hi" })], async () => {
        const response = await openai().chat.completions.create(ASK).asResponse();
        return [response.status, await response.json()];
      });
      expect(answers(found)).toEqual([{ latency_ms: expect.any(Number) }]);
    });

    it("can be awaited late, often, and beside their response", async () => {
      const found = await same([chatReply({ content: "hi" })], async () => {
        const asked = openai().chat.completions.create(ASK);
        await new Promise((resolve) => setImmediate(resolve));
        const [first, { data }, raw] = await Promise.all([asked, asked.withResponse(), asked.asResponse()]);
        return [first, data === first, raw.status, Object.keys(asked), Object.prototype.toString.call(asked)];
      });
      expect(answers(found)).toMatchObject([TOKENS]);
    });

    it("can be parsed", async () => {
      const format = { type: "json_schema" as const, json_schema: { name: "a", strict: true, schema: {} } };
      const found = await same([chatReply({ content: '{"a":"CANARY-parsed"}' })], () =>
        openai().chat.completions.parse({ ...ASK, response_format: format }),
      );
      expect(types(found)).toEqual(["llm.called", "llm.responded"]);
      expect(answers(found)).toMatchObject([TOKENS]);
    });

    it("run tools, one call for each turn", async () => {
      const found = await same(
        [
          chatReply({ content: null, tool_calls: [toolCall("a", "search", { q: "x" })] }, "tool_calls"),
          chatReply({ content: "done" }),
        ],
        () =>
          openai()
            .chat.completions.runTools({
              ...ASK,
              tools: [
                {
                  type: "function",
                  function: {
                    name: "search",
                    description: "CANARY-tool",
                    function: () => "CANARY-result",
                    parameters: {},
                  },
                },
              ],
            })
            .finalContent(),
      );
      expect(types(found)).toEqual(["llm.called", "llm.responded", "llm.called", "llm.responded"]);
      expect(answers(found).map((payload) => payload.finish_reason)).toEqual(["tool_calls", "stop"]);
    });

    it("are told in parallel, each with its own answer", async () => {
      const found = await same(
        [chatReply({ content: "a" }), chatReply({ content: "bb" }), chatReply({ content: "ccc" })],
        () =>
          Promise.all(
            [1, 2, 3].map(() =>
              openai()
                .chat.completions.create(ASK)
                .then(({ id }) => id),
            ),
          ),
      );
      expect(types(found).filter((type) => type === "llm.called")).toHaveLength(3);
      expect(new Set(found.client.of("llm.responded").map(({ step_index }) => step_index))).toEqual(new Set([1, 2, 3]));
    });
  });

  describe("streamed chat completions", () => {
    const stream = () => openai().chat.completions.create({ ...ASK, stream: true });

    it("leave tokens unknown where the program did not ask for them", async () => {
      const found = await same([{ events: chatEvents(["CANARY", "-answer"], false) }], async () => all(await stream()));
      expect(server.asked.at(-1)?.body).not.toHaveProperty("stream_options");
      expect(found.client.of("llm.called")[0]?.payload).toEqual({ model: "gpt-4o", streaming: true });
      expect(answers(found)).toEqual([
        {
          model: "gpt-4o-2024-08-06",
          latency_ms: expect.any(Number),
          first_token_ms: expect.any(Number),
          finish_reason: "stop",
          tool_call_count: 0,
          output_hash: expect.any(String),
          output_length: 13,
        },
      ]);
    });

    it("tell the tokens it asked for", async () => {
      const found = await same([{ events: chatEvents(["a", "b"], true) }], async () =>
        all(await openai().chat.completions.create({ ...ASK, stream: true, stream_options: { include_usage: true } })),
      );
      expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "stop", output_length: 2 }]);
    });

    it("count tool calls", async () => {
      const found = await same([{ events: toolEvents() }], async () => all(await stream()));
      expect(answers(found)).toMatchObject([
        { ...TOKENS, finish_reason: "tool_calls", tool_call_count: 2, output_length: 0 },
      ]);
    });

    it("hash the same as those that are not streamed", async () => {
      const streamed = await same([{ events: chatEvents(["par", "is"], false) }], async () => all(await stream()));
      const whole = await same([chatReply({ content: "paris" })], () => openai().chat.completions.create(ASK));
      expect(answers(streamed)[0]?.output_hash).toBe(answers(whole)[0]?.output_hash);
    });

    it("can be split", async () => {
      const found = await same([{ events: chatEvents(["a", "b"], true) }], async () => {
        const [left, right] = (await stream()).tee();
        return [await all(left), await all(right)];
      });
      expect(answers(found)).toMatchObject([{ ...TOKENS, output_length: 2 }]);
    });

    it("can be read as a web stream", async () => {
      const found = await same([{ events: chatEvents(["a", "b"], true) }], async () => {
        const pieces = await chunks((await stream()).toReadableStream());
        return pieces.map((piece) => new TextDecoder().decode(piece));
      });
      expect(answers(found)).toMatchObject([TOKENS]);
    });

    it("can be read by the package's helper, and from its response", async () => {
      const found = await same(
        [{ events: chatEvents(["a", "b"], true) }, { events: chatEvents(["c"], true) }],
        async () => {
          const helper = openai().chat.completions.stream(ASK);
          const final = await helper.finalChatCompletion();
          const { data, response } = await stream().withResponse();
          return [final, response.status, await all(data)];
        },
      );
      expect(types(found)).toEqual(["llm.called", "llm.responded", "llm.called", "llm.responded"]);
      expect(answers(found)).toMatchObject([TOKENS, TOKENS]);
    });

    it("can be left in the middle: what was not read is unknown", async () => {
      const found = await same([{ events: chatEvents(["a", "b", "c"], true) }], async () => {
        for await (const piece of await stream()) if (piece.choices[0]?.delta.content === "a") return piece;
        return undefined;
      });
      expect(answers(found)).toEqual([
        { model: "gpt-4o-2024-08-06", latency_ms: expect.any(Number), first_token_ms: expect.any(Number) },
      ]);
    });

    it("can be aborted in the middle", async () => {
      const found = await same([{ events: chatEvents(["a"], false).slice(0, 2), ending: "hang" }], async () => {
        const open = await stream();
        const pieces: unknown[] = [];
        for await (const piece of open) {
          pieces.push(piece);
          if (piece.choices[0]?.delta.content === "a") open.controller.abort();
        }
        return pieces;
      });
      expect(answers(found)).toHaveLength(1);
      expect(answers(found)[0]).not.toHaveProperty("finish_reason");
    });

    it("can break off", async () => {
      const found = await same([{ events: chatEvents(["a"], false).slice(0, 2), ending: "drop" }], async () =>
        all(await stream()),
      );
      expect(found.plain).toHaveProperty("threw");
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_hash: expect.any(String) }]);
    });

    it("can hold an error", async () => {
      const events = [
        ...chatEvents(["a"], false).slice(0, 2),
        { data: { error: { message: "CANARY-error", code: "x" } } },
      ];
      const found = await same([{ events }], async () => all(await stream()));
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "APIError" }]);
    });

    it("refuse a second reader as before, and the first one is told", async () => {
      const found = await same([{ events: chatEvents(["a", "b"], true) }], async () => {
        const open = await stream();
        const pieces: unknown[] = [];
        for await (const piece of open) {
          pieces.push(piece);
          if (pieces.length === 1) pieces.push(await all(open).catch((error: Error) => error.message));
        }
        return pieces;
      });
      expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "stop" }]);
    });
  });

  describe("errors", () => {
    const ask = () => openai().chat.completions.create(ASK);

    it.each([
      [400, "BadRequestError"],
      [401, "AuthenticationError"],
    ])("of status %d reach the program and the run", async (status, type) => {
      const found = await same([errorReply(status, "invalid_request")], ask);
      expect(found.plain).toMatchObject({ threw: { type, status } });
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: type }]);
    });

    it("reach what is derived from the call alone, and nobody else", async () => {
      const format = { type: "json_schema" as const, json_schema: { name: "a", strict: true, schema: {} } };
      const programs = [
        () => openai().chat.completions.parse({ ...ASK, response_format: format }),
        () =>
          openai()
            .chat.completions.parse({ ...ASK, response_format: format })
            .withResponse(),
        () =>
          openai()
            .chat.completions.parse({ ...ASK, response_format: format })
            .asResponse(),
      ];
      for (const program of programs) {
        // A rejection that nobody handles fails the tests.
        const found = await same([errorReply(400, "invalid_request")], program);
        expect(found.plain).toMatchObject({ threw: { type: "BadRequestError" } });
        expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "BadRequestError" }]);
      }
    });

    it("that a retry mends are one call with its answer", async () => {
      const found = await same(
        [
          errorReply(429, "rate_limit", RETRY_AT_ONCE),
          errorReply(500, "server_error", RETRY_AT_ONCE),
          chatReply({ content: "hi" }),
        ],
        ask,
      );
      expect(found.requests).toEqual([3, 3]);
      expect(types(found)).toEqual(["llm.called", "llm.responded"]);
      expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "stop" }]);
    });

    it("that no retry mends are one failed call", async () => {
      const found = await same(
        Array.from({ length: 3 }, () => errorReply(429, "rate_limit", RETRY_AT_ONCE)),
        ask,
      );
      expect(found.requests).toEqual([3, 3]);
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "RateLimitError" }]);
    });

    it("of an abort before the answer reach the program and the run", async () => {
      const found = await same([{ events: [], ending: "hang" }], () => {
        const abort = new AbortController();
        const asked = openai().chat.completions.create(ASK, { signal: abort.signal });
        abort.abort();
        return asked;
      });
      expect(found.plain).toMatchObject({ threw: { type: "APIUserAbortError" } });
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "APIUserAbortError" }]);
    });

    it("of a body that is no JSON reach the program and the run", async () => {
      const found = await same([{ events: [{ data: "x" }], headers: { "content-type": "application/json" } }], ask);
      expect(found.plain).toMatchObject({ threw: { type: "SyntaxError" } });
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "SyntaxError" }]);
    });
  });

  describe("text completions", () => {
    const CHOICE = { index: 0, logprobs: null, finish_reason: "length" };
    const HEAD = { id: "cmpl-1", object: "text_completion", created: 1, model: "gpt-3.5-turbo-instruct" };
    const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
    const ask = { model: "gpt-3.5-turbo-instruct", prompt: "CANARY-prompt" };

    it("tell their answer", async () => {
      const reply = { json: { ...HEAD, choices: [{ ...CHOICE, text: "CANARY!" }], usage } };
      const found = await same([reply], () => openai().completions.create(ask));
      expect(answers(found)).toMatchObject([
        { prompt_tokens: 5, completion_tokens: 7, finish_reason: "length", output_length: 7 },
      ]);
    });

    it("tell their streamed answer", async () => {
      const events = [
        { data: { ...HEAD, choices: [{ ...CHOICE, finish_reason: null, text: "CAN" }] } },
        { data: { ...HEAD, choices: [{ ...CHOICE, text: "ARY" }] } },
        { data: { ...HEAD, choices: [], usage } },
        { data: "[DONE]" },
      ];
      const found = await same([{ events }], async () =>
        all(await openai().completions.create({ ...ask, stream: true })),
      );
      expect(answers(found)).toMatchObject([
        { prompt_tokens: 5, completion_tokens: 7, finish_reason: "length", output_length: 6 },
      ]);
    });
  });
});
