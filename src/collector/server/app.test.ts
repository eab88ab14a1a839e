import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Line, parseLine } from "../../core/wire";
import { testCollector } from "../testCollector";
import { OpenBindError } from "./app";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const NOW = 1_790_000_000_000_000;

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
});
/** One LLM call of one agent, as JSON of OTLP. */
const call = (spanId = "b7ad6b7169203331") => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute("service.name", "rag")] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE,
              spanId,
              name: "chat gpt-4o",
              startTimeUnixNano: String((NOW - 2_000_000) * 1000),
              endTimeUnixNano: String((NOW - 1_000_000) * 1000),
              attributes: [
                attribute("gen_ai.operation.name", "chat"),
                attribute("gen_ai.request.model", "gpt-4o"),
                attribute("gen_ai.usage.input_tokens", 12),
                attribute("gen_ai.usage.output_tokens", 3),
                attribute("gen_ai.prompt.0.content", "CANARY"),
              ],
            },
          ],
        },
      ],
    },
  ],
});

function setUp(options: { apiKey?: string; host?: string; maxBodyBytes?: number } = {}) {
  let nowMs = NOW / 1000;
  const { ask, post: postAs, written, collector, problems } = testCollector({ ...options, now: () => nowMs });
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    postAs(path, body, { "content-type": "application/json", ...headers });
  const lines = (): Line[] =>
    written.flatMap((line) => {
      const read = parseLine(line);
      return read.ok && !("unknown" in read.line) ? [read.line] : [];
    });
  const pass = (ms: number) => {
    nowMs += ms;
    collector.tick();
  };
  return { ask, post, lines, pass, written, collector, problems };
}

describe("collectorApp", () => {
  it("makes a run of a trace once its grace is over", async () => {
    const { post, lines, pass, written } = setUp();
    const answer = await post("/v1/traces", JSON.stringify(call()));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
    pass(1999);
    expect(lines()).toEqual([]);
    pass(2);
    const types = lines().map(({ event_type }) => event_type);
    expect(types).toEqual(["run.started", "llm.called", "llm.responded", "run.completed"]);
    expect(lines()[0]).toMatchObject({
      agent_id: "rag",
      run_id: "0af76519-16cd-43dd-8448-eb211c80319c",
      trace_id: TRACE,
    });
    expect(written.join("")).not.toContain("CANARY");
  });

  it("takes gzip, and answers protobuf in protobuf", async () => {
    const { post, collector } = setUp();
    const zipped = Uint8Array.from(gzipSync(JSON.stringify(call())));
    expect((await post("/v1/traces", zipped, { "content-encoding": "gzip" })).status).toBe(200);
    expect(collector.traces.spans).toBe(1);
    const refused = await post("/v1/traces", Uint8Array.from([0xff, 0xff]), {
      "content-type": "application/x-protobuf",
    });
    expect(refused.status).toBe(400);
    expect(refused.headers.get("content-type")).toBe("application/x-protobuf");
  });

  it("tells partial success, and keeps the good spans", async () => {
    const { post, collector } = setUp();
    const answer = await post(
      "/v1/traces",
      JSON.stringify({ resourceSpans: [...call().resourceSpans, ...call("nonsense").resourceSpans] }),
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ partialSuccess: { rejectedSpans: "1" } });
    expect(collector.traces.spans).toBe(1);
  });

  it.each([
    ["text/plain", "x", 415],
    ["application/json", "{", 400],
    ["application/json", "[]", 400],
  ])("refuses %s %j with %i and says what to send", async (type, body, status) => {
    const answer = await setUp().post("/v1/traces", body, { "content-type": type });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty("message", expect.stringMatching(/\S{3}/));
  });

  it("refuses a body that is too large, as sent or unpacked", async () => {
    const { post } = setUp({ maxBodyBytes: 1000 });
    expect((await post("/v1/traces", "x".repeat(1001))).status).toBe(413);
    const bomb = Uint8Array.from(gzipSync("x".repeat(100_000)));
    expect((await post("/v1/traces", bomb, { "content-encoding": "gzip" })).status).toBe(413);
  });

  it("names the path where spans come without one, and other paths", async () => {
    const { post, ask } = setUp();
    const root = await post("/", "{}");
    expect(root.status).toBe(404);
    expect(await root.text()).toContain("/v1/traces");
    expect((await ask("/nothing")).status).toBe(404);
  });

  it.each(["/v1/metrics", "/v1/logs"])("answers %s with a success that warns", async (path) => {
    const answer = await setUp().post(path, "{}");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      partialSuccess: { errorMessage: expect.stringContaining("not kept") },
    });
  });

  it("asks for its key, and opens to others only with one", async () => {
    const { ask, post } = setUp({ apiKey: "k", host: "0.0.0.0" });
    expect((await post("/v1/traces", JSON.stringify(call()))).status).toBe(401);
    expect((await post("/v1/traces", JSON.stringify(call()), { authorization: "Bearer wrong" })).status).toBe(401);
    expect((await post("/v1/traces", JSON.stringify(call()), { authorization: "Bearer k" })).status).toBe(200);
    expect((await ask("/metrics")).status).toBe(401);
    expect((await ask("/ready")).status).toBe(200);
    expect(() => setUp({ host: "0.0.0.0" })).toThrow(OpenBindError);
  });

  it("counts in /metrics", async () => {
    const { post, ask, pass } = setUp();
    await post("/v1/traces", JSON.stringify(call()));
    pass(3000);
    const text = await (await ask("/metrics")).text();
    expect(text).toContain("dunetrace_spans_total 1\n");
    expect(text).toContain("dunetrace_runs_total 1\n");
    expect(text).toContain('dunetrace_requests_total{route="POST /v1/traces 200"} 1\n');
    for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? \d+)$/);
  });

  it("writes what is open when it ends", async () => {
    const { post, lines, collector } = setUp();
    await post("/v1/traces", JSON.stringify(call()));
    collector.close();
    expect(lines().at(-1)?.event_type).toBe("run.completed");
  });
});
