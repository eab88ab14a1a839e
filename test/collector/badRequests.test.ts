import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { protobufOf, recorded, traceLike } from "../../bench/collector/requests.mjs";
import { testCollector } from "../../src/collector/testCollector";
import { type Deadlines, listen, type Served } from "../../src/server/listen";
import { chunkOf, headOf, RawClient } from "./rawClient";

const MIB = 1024 * 1024;
const REQUEST = traceLike(recorded("haystack-rag"), 1, Date.now());
const PROTOBUF = protobufOf(REQUEST);
const JSON_BODY = Buffer.from(JSON.stringify(REQUEST));
const PROTOBUF_TYPE = { "content-type": "application/x-protobuf" };
const JSON_TYPE = { "content-type": "application/json" };
const SPANS = 4;

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function collecting(options: Parameters<typeof testCollector>[0] = {}, deadlines?: Deadlines) {
  const { app, collector, written, problems } = testCollector(options);
  served = await listen((request, from) => app.fetch(request, from), { port: 0 }, deadlines);
  const { url } = served;
  const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>, path = "/v1/traces") =>
    fetch(`${url}${path}`, { method: "POST", body, headers });
  /** Everything still works: a whole trace becomes spans, and nothing went wrong within. */
  const stillWell = async (): Promise<void> => {
    const before = collector.traces.spans;
    expect((await post(Uint8Array.from(PROTOBUF), PROTOBUF_TYPE)).status).toBe(200);
    expect(collector.traces.spans).toBe(before + SPANS);
    expect(problems).toEqual([]);
  };
  const counted = async (route: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`route="${route}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
  };
  return { url, post, collector, written, problems, stillWell, counted };
}

describe("bodies that cannot be taken", () => {
  it.each<[string, Uint8Array, Record<string, string>, number]>([
    ["protobuf cut in the middle", PROTOBUF.subarray(0, 3000), PROTOBUF_TYPE, 400],
    ["bytes that are no protobuf", Buffer.alloc(2000, 0xff), PROTOBUF_TYPE, 400],
    ["protobuf sent as JSON", PROTOBUF, JSON_TYPE, 400],
    ["JSON sent as protobuf", JSON_BODY, PROTOBUF_TYPE, 400],
    ["JSON cut in the middle", JSON_BODY.subarray(0, 3000), JSON_TYPE, 400],
    ["text that is no JSON", Buffer.from("tower of content"), JSON_TYPE, 400],
    ["JSON that is not UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), JSON_TYPE, 400],
    ["JSON nested without end", Buffer.from(`${"[".repeat(200_000)}`), JSON_TYPE, 400],
    ["a form", JSON_BODY, { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["gRPC", PROTOBUF, { "content-type": "application/grpc" }, 415],
    [
      "an encoding that is not known",
      brotliCompressSync(PROTOBUF),
      { ...PROTOBUF_TYPE, "content-encoding": "br" },
      415,
    ],
    ["gzip that is none", PROTOBUF, { ...PROTOBUF_TYPE, "content-encoding": "gzip" }, 400],
    [
      "gzip cut in the middle",
      gzipSync(PROTOBUF).subarray(0, 900),
      { ...PROTOBUF_TYPE, "content-encoding": "gzip" },
      400,
    ],
    ["a bomb", gzipSync(Buffer.alloc(200 * MIB)), { ...PROTOBUF_TYPE, "content-encoding": "gzip" }, 413],
    [
      "a bomb of deflate",
      deflateSync(Buffer.alloc(200 * MIB)),
      { ...PROTOBUF_TYPE, "content-encoding": "deflate" },
      413,
    ],
  ])("%s", async (_, body, headers, status) => {
    const { post, stillWell, counted, collector } = await collecting();
    const answer = await post(Uint8Array.from(body), headers);
    expect(answer.status).toBe(status);
    const said = await answer.text();
    expect(said).toMatch(/\S{3}/);
    expect(said).not.toMatch(/haystack|tower/);
    expect(collector.traces.spans).toBe(0);
    expect(await counted(`POST /v1/traces ${status}`)).toBe(1);
    await stillWell();
  });

  it("takes gzip and deflate", async () => {
    const { post, collector } = await collecting();
    for (const [encoding, body] of [
      ["gzip", gzipSync(PROTOBUF)],
      ["deflate", deflateSync(JSON_BODY)],
    ] as const) {
      const type = encoding === "gzip" ? PROTOBUF_TYPE : JSON_TYPE;
      expect((await post(Uint8Array.from(body), { ...type, "content-encoding": encoding })).status).toBe(200);
    }
    expect(collector.traces).toMatchObject({ spans: 2 * SPANS, duplicate_spans: SPANS });
  });

  it.each(["/v1/traces", "/v1/events", "/v1/ingest", "/v1/deploy"])(
    "refuses 100 MB at %s, announced or not",
    async (path) => {
      const { url, stillWell, counted } = await collecting();
      const announced = await RawClient.to(url);
      await announced.send(headOf({ ...JSON_TYPE, "Content-Length": 100 * MIB }, path));
      // Refused before any of it is sent.
      expect(await announced.answers(1)).toEqual([413]);
      announced.abort();
      const chunked = await RawClient.to(url);
      await chunked.send(headOf({ ...JSON_TYPE, "Transfer-Encoding": "chunked" }, path));
      const chunk = chunkOf(Buffer.alloc(MIB, 0x20));
      for (let sent = 0; sent < 100 && chunked.statuses.length === 0; sent++) if (!(await chunked.send(chunk))) break;
      expect(await chunked.answers(1)).toEqual([413]);
      chunked.abort();
      expect(await counted(`POST ${path} 413`)).toBe(2);
      await stillWell();
    },
  );
});

describe("requests that do not end", () => {
  const DEADLINES = { headMs: 300, requestMs: 600 };

  it("ends connections whose head or body does not come", async () => {
    const { url, stillWell, collector } = await collecting({}, DEADLINES);
    const clients = await Promise.all(Array.from({ length: 3 }, () => RawClient.to(url)));
    const [head, body, trickle] = clients;
    await head?.send("POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
    await body?.send(headOf({ ...PROTOBUF_TYPE, "Content-Length": PROTOBUF.length }));
    await body?.send(PROTOBUF.subarray(0, 1000));
    // One byte now and then keeps no connection open.
    const dripping = setInterval(() => void trickle?.send("a"), 50);
    await trickle?.send("POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
    try {
      for (const client of clients) expect((await client.closed()).filter((status) => status !== 408)).toEqual([]);
    } finally {
      clearInterval(dripping);
    }
    expect(collector.traces.spans).toBe(0);
    await stillWell();
  });

  it("takes nothing of half a request, and logs nothing of it", async () => {
    const { url, stillWell, collector, counted } = await collecting();
    for (const path of ["/v1/traces", "/v1/events", "/v1/ingest"]) {
      const client = await RawClient.to(url);
      await client.send(headOf({ ...JSON_TYPE, "Content-Length": JSON_BODY.length }, path));
      await client.send(JSON_BODY.subarray(0, 5000));
      client.abort();
    }
    await stillWell();
    expect(collector.traces.spans).toBe(SPANS);
    expect(collector.counters.taken_lines).toBe(0);
    await expect.poll(() => counted("POST /v1/traces 400")).toBe(1);
  });

  it("keeps connections longer than the 5 s between two requests of an exporter", async () => {
    const { url } = await collecting();
    const answer = await fetch(`${url}/ready`);
    expect(Number(/timeout=(\d+)/.exec(answer.headers.get("keep-alive") ?? "")?.[1])).toBeGreaterThan(10);
  });

  it("goes by the length that is announced", async () => {
    const { url, stillWell, collector } = await collecting({}, DEADLINES);
    const tooLong = await RawClient.to(url);
    await tooLong.send(headOf({ ...JSON_TYPE, "Content-Length": JSON_BODY.length + 100 }));
    await tooLong.send(JSON_BODY);
    expect((await tooLong.closed()).filter((status) => status !== 408)).toEqual([]);
    const tooShort = await RawClient.to(url);
    await tooShort.send(headOf({ ...JSON_TYPE, "Content-Length": JSON_BODY.length - 100 }));
    await tooShort.send(JSON_BODY);
    // The rest is no request of its own.
    expect(await tooShort.closed()).toContain(400);
    const both = await RawClient.to(url);
    await both.send(headOf({ ...JSON_TYPE, "Content-Length": 5, "Transfer-Encoding": "chunked" }));
    expect(await both.closed()).toEqual([400]);
    const notANumber = await RawClient.to(url);
    await notANumber.send(headOf({ ...JSON_TYPE, "Content-Length": "-1" }));
    expect(await notANumber.closed()).toEqual([400]);
    expect(collector.traces.spans).toBe(0);
    await stillWell();
  });
});
