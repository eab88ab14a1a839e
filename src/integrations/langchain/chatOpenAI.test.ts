import { ChatOpenAI } from "@langchain/openai";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { FakeModels } from "../models/testing/fakeModels";
import { chatEvents } from "../models/testing/openaiReplies";
import { toldBy } from "../spans/testing/told";
import { DunetraceCallbackHandler } from ".";

const server = new FakeModels();
beforeAll(() => server.listen());
afterAll(() => server.close());
afterEach(() => vi.unstubAllGlobals());

/** A table in which each byte is a token. */
const TABLE = {
  pat_str: "[^]",
  special_tokens: {},
  bpe_ranks: `! 0 ${Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]).toString("base64")).join(" ")}`,
};

/**
 * With `streaming: true` ChatOpenAI estimates tokens besides, for which it loads a table over the network; where it gets
 * none it tries for minutes before it answers. Here it gets one.
 *
 * @returns the hosts that were asked for it
 */
function withTokenTable(): string[] {
  const asked: string[] = [];
  const fetch = globalThis.fetch;
  vi.stubGlobal("fetch", async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === "127.0.0.1") return fetch(input, init);
    asked.push(url.hostname);
    return Response.json(TABLE);
  });
  return asked;
}

it("ChatOpenAI with streaming: true tells the tokens of the server, not its own estimate", async () => {
  const asked = withTokenTable();
  server.answer({ events: chatEvents(["CANARY-", "answer"], true) });
  const client = new RecordedClient({ clock: undefined });
  const configuration = { baseURL: `${server.url}/v1` };
  const llm = new ChatOpenAI({ model: "gpt-4o", apiKey: "k", streaming: true, maxRetries: 0, configuration });
  const answer = await llm.invoke("CANARY-question", { callbacks: [new DunetraceCallbackHandler(client.dt)] });
  expect(answer.content).toBe("CANARY-answer");
  expect(toldBy(client)).toEqual(["llm gpt-4o streams", "llm 111/22 stop", "final_answer"]);
  expect(client.of("llm.responded")[0]?.payload).toMatchObject({
    cache_read_tokens: 64,
    reasoning_tokens: 5,
    first_token_ms: expect.any(Number),
    output_length: 13,
  });
  expect(new Set(asked)).toEqual(new Set(["tiktoken.pages.dev"]));
});
