import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSpans } from "./decode";
import { readSpans } from "./read";
import type { Attributes } from "./span";
import type { ReadSpans } from "./spanParts";
import { decodeProtobuf, encodeProtobuf } from "./testEncoder";

const id = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array));
/** Ids that come more than once, one that differs in its last bit alone, and none. */
const idLike = (bytes: number) => fc.constantFrom(0, 1, 2, 3).map((last) => Buffer.alloc(bytes).fill(last, bytes - 1));
const text = fc.string({ unit: "grapheme" });
const name = fc.oneof(fc.constantFrom("a", "gen_ai.prompt.0", "gen_ai.prompt.1", "__proto__", ""), text);
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const time = fc.bigInt({ min: 0n, max: 5n * 10n ** 18n }).map(String);

/** An AnyValue of any kind, values within values included. */
const { value } = fc.letrec<{ value: unknown; pairs: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant({}),
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.oneof(long, fc.integer({ min: 0, max: 300 })) }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ bytesValue: id(3) }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie("value"), { maxLength: 3 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: tie("pairs") }) }),
  ),
  pairs: fc.array(fc.record({ key: name, value: tie("value") }, { requiredKeys: ["key"] }), { maxLength: 4 }),
}));
const attributes = fc.array(fc.record({ key: name, value }, { requiredKeys: ["key"] }), { maxLength: 8 });
const status = fc.record({ code: fc.constantFrom(0, 1, 2, 7), message: text }, { requiredKeys: [] });
const span = fc.record(
  {
    traceId: fc.oneof(id(16), id(15), idLike(16)),
    spanId: fc.oneof(id(8), id(16), idLike(8)),
    parentSpanId: fc.oneof(id(8), id(0), idLike(8)),
    traceState: text,
    name: text,
    kind: fc.integer({ min: 0, max: 9 }),
    startTimeUnixNano: fc.oneof(fc.constant("1795168800123456789"), time),
    endTimeUnixNano: time,
    attributes,
    droppedAttributesCount: fc.nat(),
    events: fc.array(fc.record({ name: text, timeUnixNano: time, attributes }, { requiredKeys: ["name"] }), {
      maxLength: 2,
    }),
    links: fc.array(fc.record({ traceId: id(16), traceState: text, attributes }), { maxLength: 1 }),
    status,
    flags: fc.constantFrom(0, 0x101, 0x301),
  },
  { requiredKeys: ["traceId", "spanId", "startTimeUnixNano"] },
);
const request = fc.record({
  resourceSpans: fc.array(
    fc.record(
      {
        resource: fc.record({ attributes, droppedAttributesCount: fc.nat() }),
        scopeSpans: fc.array(
          fc.record(
            { scope: fc.record({ name: text, version: text, attributes }), spans: fc.array(span, { maxLength: 3 }) },
            { requiredKeys: ["spans"] },
          ),
          { maxLength: 2 },
        ),
        schemaUrl: text,
      },
      { requiredKeys: ["scopeSpans"] },
    ),
    { maxLength: 2 },
  ),
});

/** Spans with all their attributes decoded, and why the others were refused. */
function whole({ spans, refused }: ReadSpans) {
  const pairs = (attributes: Attributes) => [...attributes];
  return {
    spans: spans.map((read) => ({
      ...read,
      attributes: pairs(read.attributes),
      resource: pairs(read.resource),
      events: read.events.map((event) => ({ ...event, attributes: pairs(event.attributes) })),
    })),
    refused: [...refused],
  };
}

/** What protobufjs decodes, as JSON: bytes of ids as hex. */
function asJson(bytes: Uint8Array): unknown {
  const ids = new Set(["traceId", "spanId", "parentSpanId"]);
  const hex = (value: unknown, key = ""): unknown => {
    if (value instanceof Uint8Array) return ids.has(key) ? Buffer.from(value).toString("hex") : value;
    if (Array.isArray(value)) return value.map((item) => hex(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, hex(inner, member)]));
  };
  return hex(decodeProtobuf(bytes));
}

/** A field of bytes, shorter than 16,384. */
const field = (number: number, content: Uint8Array) =>
  Buffer.concat([Buffer.of((number << 3) | 2, 0x80 | (content.length & 0x7f), content.length >> 7), content]);
const one = {
  traceId: Buffer.alloc(16, 1),
  spanId: Buffer.alloc(8, 2),
  startTimeUnixNano: "1795168800000000000",
};
/** The same span as bytes, without what is around it. */
const spanOf = (...further: Uint8Array[]) => {
  const start = Buffer.alloc(9, 0x39);
  start.writeBigUInt64LE(BigInt(one.startTimeUnixNano), 1);
  return Buffer.concat([field(1, one.traceId), field(2, one.spanId), start, ...further]);
};
const requestOf = (span: Uint8Array) => field(1, field(2, field(2, span)));
/** What is read of an attribute whose KeyValue has these fields beside its name. */
const attributeOf = (...values: Uint8Array[]) => {
  const attribute = Buffer.concat([field(1, Buffer.from("a")), ...values]);
  return decodeSpans(requestOf(spanOf(field(9, attribute)))).spans[0]?.attributes.get("a");
};

describe("decodeSpans", () => {
  it("reads what protobufjs decodes", () => {
    fc.assert(
      fc.property(request, (sent) => {
        const bytes = encodeProtobuf(sent);
        expect(whole(decodeSpans(bytes))).toEqual(whole(readSpans(asJson(bytes))));
      }),
      { numRuns: 300 },
    );
  });

  it("reads bytes that lie within others", () => {
    const bytes = encodeProtobuf({ resourceSpans: [{ scopeSpans: [{ spans: [one] }] }] });
    const around = Buffer.concat([Buffer.alloc(5, 0xff), bytes, Buffer.alloc(5, 0xff)]);
    expect(decodeSpans(around.subarray(5, -5))).toEqual(decodeSpans(bytes));
    expect(decodeSpans(new Uint8Array(bytes)).spans).toHaveLength(1);
  });

  it("takes resource and scope wherever they stand", () => {
    const resource = Buffer.of(0x0a, 0x08, 0x0a, 0x01, 0x61, 0x12, 0x03, 0x0a, 0x01, 0x72);
    const scope = Buffer.of(0x0a, 0x01, 0x73);
    const scoped = Buffer.concat([field(2, spanOf()), field(1, scope)]);
    const { spans } = decodeSpans(field(1, Buffer.concat([field(2, scoped), field(1, resource)])));
    expect(spans).toMatchObject([{ scope: { name: "s", version: "" } }]);
    expect([...(spans[0]?.resource ?? [])]).toEqual([["a", "r"]]);
  });

  it("takes the last of several values of one attribute", () => {
    const text = field(1, Buffer.from("x"));
    expect(attributeOf(field(2, text), field(2, Buffer.of(0x18, 7)))).toBe(7);
    expect(attributeOf(field(2, Buffer.concat([Buffer.of(0x10, 1), text])))).toBe("x");
  });

  it("takes numbers of one byte and of several", () => {
    const sent = [[7], [0x7f], [0x80, 0x01], [0xac, 0x02]];
    expect(sent.map((bytes) => attributeOf(field(2, Buffer.of(0x18, ...bytes))))).toEqual([7, 127, 128, 300]);
  });

  it("cuts values nested deeper than any sender needs, and refuses those nested without end", () => {
    const read = (depth: number) => {
      let value = field(1, Buffer.from("deep"));
      for (let level = 0; level < depth; level++) value = field(5, field(1, value));
      return JSON.stringify(attributeOf(field(2, value)));
    };
    expect([16, 17, 47].map((depth) => read(depth).replaceAll(/[[\]]/g, ""))).toEqual(['"deep"', "null", "null"]);
    expect(() => read(48)).toThrow("too deep");
  });

  it("throws an error or gives spans that can be read, whatever bytes it is given", () => {
    const damaged = fc
      .tuple(request, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }), fc.nat())
      .map(([sent, changes, cut]) => {
        const bytes = Uint8Array.from(encodeProtobuf(sent));
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
      });
    const read = (bytes: Uint8Array): void => {
      let spans: ReadSpans;
      try {
        spans = decodeSpans(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        return;
      }
      JSON.stringify(whole(spans));
    };
    fc.assert(fc.property(fc.oneof(damaged, fc.uint8Array()), read), { numRuns: 1000 });
  });
});
