import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  errorReply,
  messageEvents,
  messageReply,
  text,
  toolUse,
  toolUseEvents,
} from "../models/testing/anthropicReplies";
import { FakeModels, type Reply } from "../models/testing/fakeModels";
import { type Twice, twice } from "../models/testing/twice";
import { instrumentAnthropic } from ".";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

const anthropic = () => new Anthropic({ apiKey: "CANARY-key", baseURL: server.url });
const ASK = {
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "CANARY-prompt" }],
};
/** The package leaves the cached parts out of the input: 25 + 1000 + 100. */
const TOKENS = { prompt_tokens: 1125, completion_tokens: 33, cache_read_tokens: 1000, cache_write_tokens: 100 };
const RETRY_AT_ONCE = { "retry-after-ms": "1" };

async function same(replies: readonly Reply[], program: () => Promise<unknown>): Promise<Twice> {
  const found = await twice(server, replies, program, () => instrumentAnthropic(Anthropic));
  expect(found.instrumented).toEqual(found.plain);
  expect(found.requests[1]).toBe(found.requests[0]);
  expect(found.client.texts.join("")).not.toContain("CANARY");
  expect(found.client.of("llm.called")).toHaveLength(found.client.of("llm.responded").length);
  return found;
}

const answers = ({ client }: Twice) => client.of("llm.responded").map(({ payload }) => payload);

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of stream) found.push(piece);
  return found;
}

describe("messages", () => {
  it("tell model, all tokens, finish reason and length", async () => {
    const found = await same([messageReply([text("CANARY-answer")])], () => anthropic().messages.create(ASK));
    expect(found.client.of("llm.called")[0]?.payload).toEqual({ model: "claude-sonnet-5-5" });
    expect(answers(found)).toMatchObject([
      { ...TOKENS, model: "claude-sonnet-5-5", finish_reason: "stop", tool_call_count: 0, output_length: 13 },
    ]);
  });

  it("count the tools they use", async () => {
    const content = [text("a"), toolUse("search", { q: "CANARY-args" }), toolUse("lookup", {})];
    const found = await same([messageReply(content, "tool_use")], () => anthropic().messages.create(ASK));
    expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "tool_calls", tool_call_count: 2 }]);
  });

  it("that are cut say so", async () => {
    const found = await same([messageReply([text("a")], "max_tokens")], () => anthropic().messages.create(ASK));
    expect(answers(found)).toMatchObject([{ finish_reason: "length" }]);
  });

  it("come with their response, as it alone, and parsed", async () => {
    const reply = messageReply([text('{"a":1}')]);
    const found = await same([reply, reply, reply], async () => {
      const { data, response, request_id } = await anthropic().messages.create(ASK).withResponse();
      const raw = await anthropic().messages.create(ASK).asResponse();
      return [data, response.status, request_id, await raw.json(), await anthropic().messages.parse(ASK)];
    });
    expect(answers(found)).toMatchObject([TOKENS, { latency_ms: expect.any(Number) }, TOKENS]);
    expect(answers(found)[1]).not.toHaveProperty("finish_reason");
  });

  it("of the beta are told too", async () => {
    const found = await same([messageReply([text("a")])], () => anthropic().beta.messages.create(ASK));
    expect(answers(found)).toMatchObject([TOKENS]);
  });

  it("of a tool runner are one call for each turn", async () => {
    const found = await same(
      [messageReply([toolUse("search", { q: "x" })], "tool_use"), messageReply([text("done")])],
      async () =>
        anthropic().beta.messages.toolRunner({
          ...ASK,
          tools: [
            {
              type: "custom",
              name: "search",
              description: "CANARY-tool",
              input_schema: { type: "object" },
              parse: (input: unknown) => input,
              run: () => "CANARY-result",
            },
          ],
        }),
    );
    expect(answers(found).map((payload) => payload.finish_reason)).toEqual(["tool_calls", "stop"]);
  });
});

describe("streamed messages", () => {
  const stream = () => anthropic().messages.create({ ...ASK, stream: true });

  it("tell the tokens of their start and of their end", async () => {
    const found = await same([{ events: messageEvents(["CANARY", "-answer"]) }], async () => all(await stream()));
    expect(found.client.of("llm.called")[0]?.payload).toEqual({ model: "claude-sonnet-5-5", streaming: true });
    expect(answers(found)).toMatchObject([
      { ...TOKENS, finish_reason: "stop", output_length: 13, first_token_ms: expect.any(Number) },
    ]);
  });

  it("count the tools they use", async () => {
    const found = await same([{ events: toolUseEvents() }], async () => all(await stream()));
    expect(answers(found)).toMatchObject([
      { ...TOKENS, finish_reason: "tool_calls", tool_call_count: 1, output_length: 12 },
    ]);
  });

  it("take the later numbers where both events tell some", async () => {
    const events = messageEvents(["a"]).map(({ event, data }) =>
      event === "message_delta"
        ? { event, data: { ...data, usage: { output_tokens: 40, input_tokens: 30, cache_read_input_tokens: null } } }
        : { event, data },
    );
    const found = await same([{ events }], async () => all(await stream()));
    expect(answers(found)).toMatchObject([{ prompt_tokens: 1130, completion_tokens: 40, cache_read_tokens: 1000 }]);
  });

  it("can be split, read by the package's helper, and come with their response", async () => {
    const reply = { events: messageEvents(["a", "b"]) };
    const found = await same([reply, reply, reply], async () => {
      const [left, right] = (await stream()).tee();
      const split = [await all(left), await all(right)];
      const final = await anthropic().messages.stream(ASK).finalMessage();
      const { data, response } = await stream().withResponse();
      return [split, final, response.status, await all(data)];
    });
    expect(answers(found)).toMatchObject([TOKENS, TOKENS, TOKENS]);
  });

  it("can be left and aborted: what they told until then is known", async () => {
    const reply: Reply = { events: messageEvents(["a", "b"]).slice(0, 4), ending: "hang" };
    const found = await same([reply, reply], async () => {
      for await (const { type } of await stream()) if (type === "content_block_delta") break;
      const open = await stream();
      for await (const { type } of open) if (type === "content_block_delta") open.controller.abort();
    });
    expect(answers(found)).toHaveLength(2);
    for (const answer of answers(found)) {
      expect(answer).toMatchObject({ prompt_tokens: 1125, cache_read_tokens: 1000 });
      expect(answer).not.toHaveProperty("completion_tokens");
      expect(answer).not.toHaveProperty("finish_reason");
      expect(answer).not.toHaveProperty("output_length");
    }
  });

  it("can hold an error", async () => {
    const data = { type: "error", error: { type: "overloaded_error", message: "CANARY-error" } };
    const events = [...messageEvents(["a"]).slice(0, 4), { event: "error", data }];
    const found = await same([{ events }], async () => all(await stream()));
    expect(found.plain).toHaveProperty("threw");
    expect(answers(found)).toMatchObject([{ prompt_tokens: 1125, finish_reason: "error" }]);
  });
});

describe("errors", () => {
  const ask = () => anthropic().messages.create(ASK);

  it("reach the program and the run", async () => {
    const found = await same([errorReply(400, "invalid_request_error")], ask);
    expect(found.plain).toMatchObject({ threw: { type: "BadRequestError", status: 400 } });
    expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "BadRequestError" }]);
  });

  it("that a retry mends are one call", async () => {
    const replies = [errorReply(529, "overloaded_error", RETRY_AT_ONCE), messageReply([text("a")])];
    const found = await same(replies, ask);
    expect(found.requests).toEqual([2, 2]);
    expect(answers(found)).toMatchObject([TOKENS]);
  });

  it("that no retry mends are one failed call", async () => {
    const found = await same(
      Array.from({ length: 3 }, () => errorReply(429, "rate_limit_error", RETRY_AT_ONCE)),
      ask,
    );
    expect(found.requests).toEqual([3, 3]);
    expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "RateLimitError" }]);
  });

  it("thrown before anything is sent are told", async () => {
    const found = await same([], () => anthropic().messages.create({ ...ASK, max_tokens: 10_000_000 }));
    expect(found.requests).toEqual([0, 0]);
    expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "AnthropicError" }]);
  });

  it("of an abort before the answer reach the program and the run", async () => {
    const found = await same([{ events: [], ending: "hang" }], () => {
      const abort = new AbortController();
      const asked = anthropic().messages.create(ASK, { signal: abort.signal });
      abort.abort();
      return asked;
    });
    expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "APIUserAbortError" }]);
  });
});
