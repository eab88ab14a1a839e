import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeModels, type Reply } from "../models/testing/fakeModels";
import { OPENAI_MAJORS } from "../models/testing/openaiMajors";
import {
  errorReply,
  functionCall,
  outputText,
  RETRY_AT_ONCE,
  response,
  responseEvents,
} from "../models/testing/openaiReplies";
import { type Twice, twice } from "../models/testing/twice";
import { instrumentOpenAI } from ".";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());

const ASK = { model: "gpt-4o", input: "CANARY-prompt" };
const TOKENS = { prompt_tokens: 36, completion_tokens: 87, cache_read_tokens: 12, reasoning_tokens: 40 };

const answers = ({ client }: Twice) => client.of("llm.responded").map(({ payload }) => payload);

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of stream) found.push(piece);
  return found;
}

describe.each(OPENAI_MAJORS)("openai $version", ({ version, OpenAI }) => {
  const openai = () => new OpenAI({ apiKey: "CANARY-key", baseURL: `${server.url}/v1` });

  async function same(replies: readonly Reply[], program: () => Promise<unknown>): Promise<Twice> {
    const found = await twice(server, replies, program, () => instrumentOpenAI(OpenAI));
    expect(found.instrumented).toEqual(found.plain);
    expect(found.requests[1]).toBe(found.requests[0]);
    expect(found.client.texts.join("")).not.toContain("CANARY");
    expect(found.client.of("llm.called")).toHaveLength(found.client.of("llm.responded").length);
    return found;
  }

  describe("responses", () => {
    it("tell tokens, finish reason and length, and keep output_text", async () => {
      const found = await same([{ json: response([outputText("CANARY-answer")]) }], async () => {
        const answer = await openai().responses.create(ASK);
        return [answer, answer.output_text];
      });
      expect(answers(found)).toMatchObject([
        { ...TOKENS, model: "gpt-4o-2024-08-06", finish_reason: "stop", tool_call_count: 0, output_length: 13 },
      ]);
    });

    it("count the tools they call", async () => {
      const output = [functionCall("search", { q: "CANARY-args" }), functionCall("search", { q: "b" })];
      const found = await same([{ json: response(output) }], () => openai().responses.create(ASK));
      expect(answers(found)).toMatchObject([{ finish_reason: "tool_calls", tool_call_count: 2 }]);
    });

    it("that are cut say so", async () => {
      const more = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
      const found = await same([{ json: response([outputText("a")], more) }], () => openai().responses.create(ASK));
      expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "length" }]);
    });

    it("that failed are errors, whose text is not told", async () => {
      const more = { status: "failed", error: { code: "server_error", message: "CANARY-error" }, usage: null };
      const found = await same([{ json: response([], more) }], () => openai().responses.create(ASK));
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_hash: expect.any(String) }]);
    });

    it("can be parsed, come with their HTTP response, or as it alone", async () => {
      const reply = { json: response([outputText('{"a":1}')]) };
      const format = { type: "json_schema" as const, name: "a", strict: true, schema: {} };
      const found = await same([reply, reply, reply], async () => {
        const parsed = await openai().responses.parse({ ...ASK, text: { format } });
        const { data, response: http } = await openai().responses.create(ASK).withResponse();
        const raw = await openai().responses.create(ASK).asResponse();
        return [parsed, data, http.status, await raw.json()];
      });
      expect(answers(found)).toMatchObject([TOKENS, TOKENS, { latency_ms: expect.any(Number) }]);
      expect(answers(found)[2]).not.toHaveProperty("finish_reason");
    });

    it("that are refused are errors", async () => {
      const replies = [errorReply(429, "rate_limit", RETRY_AT_ONCE), errorReply(400, "invalid_request")];
      const found = await same(replies, () => openai().responses.create(ASK));
      expect(found.requests).toEqual([2, 2]);
      expect(answers(found)).toMatchObject([{ finish_reason: "error", error_type: "BadRequestError" }]);
    });
  });

  describe("streamed responses", () => {
    const stream = () => openai().responses.create({ ...ASK, stream: true });

    it("tell what their last event says", async () => {
      const found = await same([{ events: responseEvents(["CANARY", "-answer"], "response.completed") }], async () =>
        all(await stream()),
      );
      expect(answers(found)).toMatchObject([
        { ...TOKENS, finish_reason: "stop", output_length: 13, first_token_ms: expect.any(Number) },
      ]);
    });

    it("can be cut", async () => {
      const more = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
      const found = await same([{ events: responseEvents(["a"], "response.incomplete", more) }], async () =>
        all(await stream()),
      );
      expect(answers(found)).toMatchObject([{ ...TOKENS, finish_reason: "length" }]);
    });

    it("can fail", async () => {
      const more = { status: "failed", error: { code: "server_error", message: "CANARY-error" } };
      const found = await same([{ events: responseEvents(["a"], "response.failed", more) }], async () =>
        all(await stream()),
      );
      expect(answers(found)).toMatchObject([{ finish_reason: "error" }]);
    });

    it("can end with an error event", async () => {
      const data = { type: "error", code: "server_error", message: "CANARY-error", param: null, sequence_number: 9 };
      const events = [...responseEvents(["a"], "response.completed").slice(0, 5), { event: "error", data }];
      const found = await same([{ events }], async () => all(await stream()));
      expect(answers(found)).toMatchObject([
        // openai 7 throws it out of the stream, openai 6 hands it out as an event.
        { finish_reason: "error", error_type: version === "7" ? "APIError" : "server_error" },
      ]);
    });

    it("can be split, and read by the package's helper", async () => {
      const reply = { events: responseEvents(["a", "b"], "response.completed") };
      const found = await same([reply, reply], async () => {
        const [left, right] = (await stream()).tee();
        return [await all(left), await all(right), await openai().responses.stream(ASK).finalResponse()];
      });
      expect(answers(found)).toMatchObject([TOKENS, TOKENS]);
    });

    it("can be left and aborted", async () => {
      const reply: Reply = { events: responseEvents(["a", "b"], "response.completed").slice(0, 5), ending: "hang" };
      const found = await same([reply, reply], async () => {
        for await (const { type } of await stream()) if (type === "response.output_text.delta") break;
        const open = await stream();
        for await (const { type } of open) if (type === "response.output_text.delta") open.controller.abort();
      });
      expect(answers(found)).toHaveLength(2);
      for (const answer of answers(found)) {
        expect(answer).toMatchObject({ model: "gpt-4o-2024-08-06" });
        expect(answer).not.toHaveProperty("finish_reason");
        expect(answer).not.toHaveProperty("completion_tokens");
      }
    });
  });
});
