import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSpans } from "./decode";
import { readSpans } from "./read";
import type { Span } from "./span";
import type { ReadSpans } from "./spanParts";
import { encodeProtobuf } from "./testEncoder";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const PARENT = "00f067aa0ba902b7";
const hex = (id: string): Uint8Array => Buffer.from(id, "hex");

/** A request of one span, in JSON's names. */
function requestOf(span: Record<string, unknown>): Record<string, unknown> {
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ startTimeUnixNano: "1795168800000000000", ...span }] }] }] };
}

function one({ spans, refused }: ReadSpans) {
  expect(refused.size).toBe(0);
  expect(spans).toHaveLength(1);
  const [span] = spans;
  return span && asMaps(span);
}

/** A span with all its attributes decoded. */
function asMaps(span: Span): Span {
  const events = span.events.map((event) => ({ ...event, attributes: new Map(event.attributes) }));
  return { ...span, attributes: new Map(span.attributes), resource: new Map(span.resource), events };
}

const fromJson = (span: Record<string, unknown>) =>
  one(readSpans(requestOf({ traceId: TRACE, spanId: SPAN, ...span })));
const fromBytes = (span: Record<string, unknown>) =>
  one(decodeSpans(encodeProtobuf(requestOf({ traceId: hex(TRACE), spanId: hex(SPAN), ...span }))));

/** One value as an attribute, and what becomes of it over both encodings. */
const attribute = (value: unknown) => ({ attributes: [{ key: "a", value }] });

describe("readSpans", () => {
  it("reads every field of a span sent in protobuf", () => {
    const span = fromBytes({
      parentSpanId: hex(PARENT),
      flags: 0x301,
      name: "chat",
      kind: 3,
      endTimeUnixNano: "1795168800000001999",
      attributes: [
        { key: "text", value: { stringValue: "é" } },
        { key: "int", value: { intValue: "-5" } },
        { key: "big", value: { intValue: "4611686018427387904" } },
        { key: "zero", value: { intValue: 0 } },
        { key: "double", value: { doubleValue: 0.5 } },
        { key: "no", value: { boolValue: false } },
        { key: "empty", value: { stringValue: "" } },
        { key: "list", value: { arrayValue: { values: [{ stringValue: "x" }, { intValue: 1 }] } } },
        { key: "map", value: { kvlistValue: { values: [{ key: "k", value: { boolValue: true } }] } } },
      ],
      events: [{ name: "exception", timeUnixNano: "1795168800000001000", ...attribute({ stringValue: "e" }) }],
      status: { code: 1, message: "fine" },
    });
    expect(span).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      parentSpanId: PARENT,
      parentIsRemote: true,
      name: "chat",
      kind: 3,
      start: 1_795_168_800_000_000,
      end: 1_795_168_800_000_001,
      attributes: new Map<string, unknown>([
        ["text", "é"],
        ["int", -5],
        ["big", 2 ** 62],
        ["zero", 0],
        ["double", 0.5],
        ["no", false],
        ["empty", ""],
        ["list", ["x", 1]],
        ["map", { k: true }],
      ]),
      events: [{ name: "exception", time: 1_795_168_800_000_001, attributes: new Map([["a", "e"]]) }],
      status: "ok",
      statusMessage: "fine",
      scope: { name: "", version: "" },
      resource: new Map(),
    });
  });

  it("reads scope and resource", () => {
    const request = {
      resourceSpans: [
        {
          resource: attribute({ stringValue: "r" }),
          scopeSpans: [
            {
              scope: { name: "s", version: "1" },
              spans: [{ traceId: hex(TRACE), spanId: hex(SPAN), startTimeUnixNano: 5000 }],
            },
          ],
        },
      ],
    };
    const span = one(decodeSpans(encodeProtobuf(request)));
    expect(span).toMatchObject({ scope: { name: "s", version: "1" }, resource: new Map([["a", "r"]]), start: 5 });
  });

  it("tells a remote parent, a local one and one of which nothing is known", () => {
    const remote = (flags: number) => fromBytes({ parentSpanId: hex(PARENT), flags })?.parentIsRemote;
    expect([remote(0x301), remote(0x101), remote(1)]).toEqual([true, false, undefined]);
    expect(fromBytes({ flags: 0x101 })).toMatchObject({ parentSpanId: undefined, parentIsRemote: undefined });
  });

  it("takes NaN and the infinities as unknown and keeps the span", () => {
    for (const doubleValue of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(fromBytes(attribute({ doubleValue }))?.attributes.get("a")).toBeNull();
    }
    for (const doubleValue of [null, "NaN", "Infinity"]) {
      expect(fromJson(attribute({ doubleValue }))?.attributes.get("a")).toBeNull();
    }
  });

  it("takes whole numbers of JSON as text and as numbers", () => {
    expect(fromJson(attribute({ intValue: "42" }))?.attributes.get("a")).toBe(42);
    expect(fromJson(attribute({ intValue: 42 }))?.attributes.get("a")).toBe(42);
    expect(fromJson(attribute({ intValue: "many" }))?.attributes.get("a")).toBeNull();
  });

  it("takes ids of JSON as hex of any case and as base64", () => {
    expect(fromJson({ traceId: TRACE.toUpperCase() })?.traceId).toBe(TRACE);
    const span = fromJson({ traceId: Buffer.from(hex(TRACE)).toString("base64"), parentSpanId: "" });
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: undefined });
  });

  it("takes kind and status of JSON by number and by name", () => {
    expect(fromJson({ kind: 2, status: { code: 2 } })).toMatchObject({ kind: 2, status: "error" });
    const named = { kind: "SPAN_KIND_SERVER", status: { code: "STATUS_CODE_ERROR" } };
    expect(fromJson(named)).toMatchObject({ kind: 2, status: "error" });
    expect(fromJson({})).toMatchObject({ kind: 0, status: "unset" });
  });

  it("never lets a span end before it starts", () => {
    expect(fromJson({ endTimeUnixNano: "1" })).toMatchObject({
      start: 1_795_168_800_000_000,
      end: 1_795_168_800_000_000,
    });
    expect(fromJson({})).toMatchObject({ end: 1_795_168_800_000_000 });
  });

  it("keeps attributes named like members of objects as data", () => {
    const attributes = [
      { key: "__proto__", value: { stringValue: "p" } },
      { key: "constructor", value: { kvlistValue: { values: [{ key: "__proto__", value: { intValue: 1 } }] } } },
      { key: "", value: { stringValue: "no name" } },
    ];
    const read = fromJson({ attributes })?.attributes;
    expect([...(read?.keys() ?? [])]).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(Object(read?.get("constructor")))).toEqual(["__proto__"]);
  });

  it("cuts values nested deeper than any sender needs", () => {
    let value: Record<string, unknown> = { stringValue: "deep" };
    for (let depth = 0; depth < 60; depth++) value = { arrayValue: { values: [value] } };
    const text = JSON.stringify(fromJson(attribute(value))?.attributes.get("a"));
    expect(text).toMatch(/^\[+null\]+$/);
    expect(text.length).toBeLessThan(50);
  });

  it("refuses spans without ids or times, says why, and keeps the others", () => {
    const good = { traceId: TRACE, spanId: SPAN, startTimeUnixNano: "1795168800000000000" };
    const spans = [
      good,
      { ...good, traceId: "0".repeat(32) },
      { ...good, traceId: "xyz" },
      { ...good, spanId: undefined },
      { ...good, startTimeUnixNano: "0" },
      { ...good, startTimeUnixNano: "99999999999999999999" },
      "no span",
    ];
    const read = readSpans({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect(read.spans).toHaveLength(1);
    expect(Object.fromEntries(read.refused)).toEqual({
      "traceId is not 16 bytes, or zero": 2,
      "spanId is not 8 bytes, or zero": 1,
      "startTimeUnixNano is no time": 2,
      "not an object": 1,
    });
  });

  it("counts groups whose spans have another name", () => {
    const groups = [{ scope_spans: [] }, { instrumentationLibrarySpans: [{}] }, { resource: {} }, { scopeSpans: [] }];
    expect(Object.fromEntries(readSpans({ resourceSpans: groups }).refused)).toEqual({ "not in scopeSpans": 2 });
  });

  it("takes any JSON value without throwing", () => {
    const anything = fc.anything({ withBigInt: false });
    const shaped = fc.record({
      resourceSpans: fc.array(
        fc.record({
          resource: anything,
          scopeSpans: fc.array(
            fc.record({
              scope: anything,
              spans: fc.array(
                fc.record({
                  traceId: fc.oneof(anything, fc.constant(TRACE)),
                  spanId: fc.oneof(anything, fc.constant(SPAN)),
                  startTimeUnixNano: fc.oneof(anything, fc.constant("1795168800000000000")),
                  attributes: fc.oneof(anything, fc.array(fc.record({ key: fc.string(), value: anything }))),
                  events: anything,
                  status: anything,
                }),
              ),
            }),
          ),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(anything, shaped), (request) => {
        for (const span of readSpans(request).spans) {
          expect(span.traceId).toBe(TRACE);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
        }
      }),
      { numRuns: 60 },
    );
  });
});
