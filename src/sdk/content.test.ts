import { describe, expect, it } from "vitest";
import { textOf } from "./content";
import { RecordedClient } from "./testing/record";

const ARGS = { query: "flights to San Francisco", top_k: 5, headers: { Authorization: "Bearer sk-123" } };

const CANONICAL = '{"headers":{"Authorization":"Bearer sk-123"},"query":"flights to San Francisco","top_k":5}';

/** One run with content everywhere, by capture mode. */
function runWith(capture: "hash" | "shape" | "full") {
  const client = new RecordedClient({ capture });
  const run = client.dt.startRun("research", { userInput: "book a flight" });
  run.toolCalled("search", ARGS).responded({ output: { flights: 3, api_key: "k" } });
  run.toolCalled("search", "plain text").responded({ error: new TypeError("no flights") });
  run.retrievalCalled("docs", "fares").responded({ resultCount: 2 });
  run.llmCalled("gpt-4o").responded({ output: "I found three", finishReason: "stop" });
  run.input("the first one");
  run.fail(new RangeError("no seat"));
  return client;
}

const payloads = (client: RecordedClient, event_type: string) =>
  client.texts
    .map((text): { event_type: string; payload: unknown } => JSON.parse(text))
    .filter((line) => line.event_type === event_type)
    .map(({ payload }) => payload);

describe("capture hash", () => {
  it("writes hashes and lengths alone", () => {
    const client = runWith("hash");
    expect(payloads(client, "tool.called")).toEqual([
      { tool_name: "search", args_hash: expect.stringMatching(/^[0-9a-f]{16}$/), args_length: CANONICAL.length },
      { tool_name: "search", args_hash: expect.stringMatching(/^[0-9a-f]{16}$/), args_length: 10 },
    ]);
    expect(payloads(client, "tool.responded")).toEqual([
      { tool_name: "search", success: true, output_length: 27, latency_ms: 0 },
      {
        tool_name: "search",
        success: false,
        latency_ms: 0,
        error_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        error_type: "TypeError",
      },
    ]);
    expect(payloads(client, "retrieval.called")).toEqual([{ index_name: "docs", query_hash: expect.any(String) }]);
    expect(payloads(client, "input.received")).toEqual([{ input_hash: expect.any(String), input_length: 13 }]);
    expect(client.texts.join("")).not.toMatch(/flight|fares|three|seat|sk-123|Bearer/);
  });
});

describe("capture shape", () => {
  it("adds names and kinds of arguments", () => {
    const client = runWith("shape");
    expect(payloads(client, "run.started")).toMatchObject([{ capture: "shape" }]);
    expect(payloads(client, "tool.called")).toMatchObject([
      { args_shape: "query=str(24), top_k=int, headers=dict(1)" },
      { args_shape: "str(10)" },
    ]);
    expect(client.texts.join("")).not.toMatch(/flight|fares|three|seat|sk-123|Bearer/);
  });
});

describe("capture full", () => {
  it("adds the text, with secrets redacted at every depth", () => {
    const client = runWith("full");
    expect(payloads(client, "run.started")).toMatchObject([{ capture: "full", input_text: "book a flight" }]);
    const args = '{"headers":{"Authorization":"[redacted]"},"query":"flights to San Francisco","top_k":5}';
    expect(payloads(client, "tool.called")).toMatchObject([
      { args, args_shape: expect.any(String) },
      { args: "plain text" },
    ]);
    expect(payloads(client, "tool.responded")).toMatchObject([
      { output_text: '{"api_key":"[redacted]","flights":3}' },
      { error_message: "no flights", error_stack: expect.stringContaining("TypeError: no flights") },
    ]);
    expect(payloads(client, "retrieval.called")).toMatchObject([{ query: "fares" }]);
    expect(payloads(client, "llm.responded")).toMatchObject([{ output_text: "I found three" }]);
    expect(payloads(client, "input.received")).toMatchObject([{ input_text: "the first one" }]);
    expect(payloads(client, "run.errored")).toMatchObject([{ error_message: "no seat" }]);
    expect(client.texts.join("")).not.toContain("sk-123");
  });

  it("has the same hashes and lengths as the other modes", () => {
    const known = (client: RecordedClient) =>
      payloads(client, "tool.called").map(
        (payload) => JSON.stringify(payload).match(/"args_hash":"\w+","args_length":\d+/)?.[0],
      );
    expect(known(runWith("full"))).toEqual(known(runWith("hash")));
  });
});

describe("a hash key", () => {
  it("changes every hash, and the lines say so", () => {
    const hashesOf = (hashKey: string | undefined) => {
      const client = new RecordedClient({ hashKey });
      const run = client.dt.startRun("research", { userInput: "hello", userId: "ann" });
      run.toolCalled("search", ARGS);
      const started = client.of("run.started")[0];
      return [
        started?.payload.hash,
        started?.payload.input_hash,
        started?.user_hash,
        client.of("tool.called")[0]?.payload.args_hash,
      ];
    };
    const plain = hashesOf(undefined);
    const keyed = hashesOf("secret");
    expect([plain[0], keyed[0]]).toEqual(["sha256", "hmac"]);
    for (const at of [1, 2, 3]) {
      expect(keyed[at]).toMatch(/^[0-9a-f]{16}$/);
      expect(keyed[at]).not.toBe(plain[at]);
    }
  });
});

describe("textOf", () => {
  it.each([
    ["text", "text"],
    ["", ""],
    [undefined, ""],
    [null, ""],
    [42, "42"],
    [{ b: 1, a: [true] }, '{"a":[true],"b":1}'],
  ])("of %j is %j", (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it("of a stream is unknown", () => {
    expect(textOf(new ReadableStream())).toBeUndefined();
    expect(textOf(process.stdin)).toBeUndefined();
  });
});
