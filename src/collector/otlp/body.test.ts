import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBody } from "./body";
import { encodeProtobuf } from "./testEncoder";

const TRACE = Buffer.from("0af7651916cd43dd8448eb211c80319c", "hex");
const SPAN = Buffer.from("b7ad6b7169203331", "hex");
const request = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
      scopeSpans: [
        {
          scope: { name: "haystack", version: "2.0" },
          spans: [
            {
              traceId: TRACE,
              spanId: SPAN,
              name: "chat gpt-4o",
              kind: 3,
              startTimeUnixNano: "1795168800123456789",
              endTimeUnixNano: "1795168801000000000",
              status: { code: 2, message: "no" },
            },
          ],
        },
      ],
    },
  ],
};
const bytes = encodeProtobuf(request);
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const asJson = json({
  resourceSpans: [
    {
      scopeSpans: [
        { spans: [{ traceId: TRACE.toString("hex"), spanId: SPAN.toString("hex"), startTimeUnixNano: 1e15 }] },
      ],
    },
  ],
});

describe("decodeBody", () => {
  it("decodes protobuf, plain and compressed", async () => {
    const plain = await decodeBody("application/x-protobuf", undefined, bytes);
    expect(plain).toMatchObject({
      ok: true,
      encoding: "protobuf",
      spans: [{ name: "chat gpt-4o", start: 1_795_168_800_123_456, status: "error", scope: { name: "haystack" } }],
    });
    expect(await decodeBody("application/x-protobuf", "gzip", gzipSync(bytes))).toEqual(plain);
    expect(await decodeBody("application/x-protobuf", "deflate", deflateSync(bytes))).toEqual(plain);
    expect(await decodeBody("application/x-protobuf", "identity", bytes)).toEqual(plain);
  });

  it("decodes JSON whatever the parameters of its content type", async () => {
    const body = await decodeBody("Application/JSON; charset=utf-8", "", asJson);
    expect(body).toMatchObject({ ok: true, encoding: "json", spans: [{ traceId: TRACE.toString("hex") }] });
  });

  it("takes a request without spans", async () => {
    const empty = { ok: true, spans: [], refused: new Map() };
    expect(await decodeBody("application/x-protobuf", undefined, new Uint8Array())).toMatchObject(empty);
    expect(await decodeBody("application/json", undefined, json({}))).toMatchObject(empty);
  });

  it.each([
    [undefined, undefined, "No content type"],
    ["text/plain", undefined, '"text/plain"'],
    ["application/x-protobuf", "br", '"br"'],
  ])("answers 415 to %s with encoding %s", async (type, encoding, named) => {
    const body = await decodeBody(type, encoding, bytes);
    expect(body).toMatchObject({ ok: false, status: 415, message: expect.stringContaining(named) });
  });

  it.each([
    ["protobuf that ends early", "application/x-protobuf", undefined, bytes.slice(0, -3)],
    ["JSON sent as protobuf", "application/x-protobuf", undefined, asJson],
    ["protobuf sent as JSON", "application/json", undefined, bytes],
    ["JSON that ends early", "application/json", undefined, asJson.slice(0, -1)],
    ["no object", "application/json", undefined, json([1])],
    ["null", "application/json", undefined, json(null)],
    ["text that is not UTF-8", "application/json", undefined, Uint8Array.of(0x22, 0xff, 0x22)],
    ["bytes that are not gzip", "application/x-protobuf", "gzip", bytes],
    ["gzip that ends early", "application/x-protobuf", "gzip", gzipSync(bytes).subarray(0, 30)],
  ])("answers 400 to %s", async (_, type, encoding, body) => {
    expect(await decodeBody(type, encoding, body)).toMatchObject({ ok: false, status: 400 });
  });

  it("answers 413 to a gzip bomb without inflating it", async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    const body = await decodeBody("application/x-protobuf", "gzip", bomb, { maxBytes: 1_000_000 });
    expect(body).toMatchObject({ ok: false, status: 413, message: expect.stringContaining("1000000 bytes") });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it("answers 413 to a body that is too large as it is, and takes one of exactly the limit", async () => {
    const limits = { maxBytes: bytes.length };
    expect(await decodeBody("application/x-protobuf", undefined, bytes, limits)).toMatchObject({ ok: true });
    expect(await decodeBody("application/x-protobuf", "gzip", gzipSync(bytes), { maxBytes: 4 })).toMatchObject({
      status: 413,
    });
    const less = { maxBytes: bytes.length - 1 };
    expect(await decodeBody("application/x-protobuf", undefined, bytes, less)).toMatchObject({ status: 413 });
  });

  it.each(['{"resource_spans":[]}', '{"resourceSpans":"x"}', '{"spans":[]}'])(
    "answers 400 to %s, and says how",
    async (text) => {
      const body = Buffer.from(text);
      expect(await decodeBody("application/json", undefined, body)).toMatchObject({
        ok: false,
        status: 400,
        message: expect.stringContaining("no list of resourceSpans"),
      });
    },
  );

  it("answers 400 to protobuf nested without end", async () => {
    // AnyValue { array_value { values … } }, from the inside out.
    let value: Buffer = Buffer.of(0x18, 1);
    const field = (tag: number, content: Buffer): Buffer => {
      const { length } = content;
      return Buffer.concat([
        Buffer.of(tag, 0x80 | (length & 0x7f), 0x80 | ((length >> 7) & 0x7f), length >> 14),
        content,
      ]);
    };
    for (let depth = 0; depth < 2000; depth++) value = field(0x2a, field(0x0a, value));
    const span = Buffer.concat([field(0x0a, TRACE), field(0x12, SPAN), field(0x4a, field(0x12, value))]);
    const body = field(0x0a, field(0x12, field(0x12, span)));
    expect(await decodeBody("application/x-protobuf", undefined, body)).toMatchObject({ ok: false, status: 400 });
  });

  it("survives any bytes in any encoding", async () => {
    const types = fc.constantFrom("application/x-protobuf", "application/json");
    const encodings = fc.constantFrom(undefined, "gzip", "deflate");
    const damaged = fc
      .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
      .map(([at, value]) => bytes.map((byte, index) => (index === at ? value : byte)));
    await fc.assert(
      fc.asyncProperty(types, encodings, fc.oneof(fc.uint8Array(), damaged), async (type, encoding, body) => {
        const decoded = await decodeBody(type, encoding, body);
        if (!decoded.ok) expect([400, 413, 415]).toContain(decoded.status);
      }),
      { numRuns: 500 },
    );
  });
});
