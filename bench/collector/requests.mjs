import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

const FOLDER = new URL("../../test/fixtures/otlp/", import.meta.url);
/** One trace each, as these systems sent it: a RAG pipeline, an agent of LangGraph and one of the AI SDK with three tool calls. */
export const SYSTEMS = ["haystack-rag", "openllmetry-agent", "ai-sdk-agent"];

/** The part of opentelemetry-proto that the recorded requests use. */
const PROTO = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; }
message InstrumentationScope { string name = 1; string version = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5;
  int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
  repeated Event events = 11; Status status = 15; fixed32 flags = 16;
}
message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value {
  string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
  ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7; } }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`;
const requestType = protobuf.parse(PROTO).root.lookupType("ExportTraceServiceRequest");

/**
 * @typedef {{ traceId: string, spanId: string, parentSpanId?: string, startTimeUnixNano: string, endTimeUnixNano: string,
 *   events?: { timeUnixNano: string }[] }} JsonSpan
 * @typedef {{ resourceSpans: { resource: object, scopeSpans: { scope: object, spans: JsonSpan[] }[] }[] }} JsonRequest
 */

/**
 * @param {string} system one of SYSTEMS
 * @returns {JsonRequest} its request in OTLP's JSON
 */
export const recorded = (system) => JSON.parse(readFileSync(new URL(`${system}.json`, FOLDER), "utf8"));

/**
 * A trace like the recorded one: with ids made of a number, ending at a time.
 *
 * @param {JsonRequest} request
 * @param {number} number
 * @param {number} endMs since the Unix epoch
 * @returns {JsonRequest}
 */
export function traceLike(request, number, endMs) {
  const copy = structuredClone(request);
  const spans = copy.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scoped) => scoped.spans));
  const last = spans.reduce(
    (end, span) => (BigInt(span.endTimeUnixNano) > end ? BigInt(span.endTimeUnixNano) : end),
    0n,
  );
  const shift = BigInt(endMs) * 1_000_000n - last;
  const moved = (/** @type {string} */ time) => String(BigInt(time) + shift);
  const traceId = `a${(number + 1).toString(16).padStart(31, "0")}`;
  const idOf = (/** @type {string | undefined} */ id) =>
    id && `b${(number + 1).toString(16).padStart(7, "0")}${id.slice(8)}`;
  for (const span of spans) {
    span.traceId = traceId;
    span.spanId = idOf(span.spanId) ?? "";
    if (span.parentSpanId) span.parentSpanId = idOf(span.parentSpanId) ?? "";
    span.startTimeUnixNano = moved(span.startTimeUnixNano);
    span.endTimeUnixNano = moved(span.endTimeUnixNano);
    for (const event of span.events ?? []) event.timeUnixNano = moved(event.timeUnixNano);
  }
  return copy;
}

/**
 * @param {JsonRequest} request
 * @returns {Buffer} the body that an exporter in protobuf sends
 */
export function protobufOf(request) {
  const asBytes = (/** @type {JsonRequest} */ of) => ({
    resourceSpans: of.resourceSpans.map((group) => ({
      ...group,
      scopeSpans: group.scopeSpans.map((scoped) => ({
        ...scoped,
        spans: scoped.spans.map((span) => ({
          ...span,
          traceId: Buffer.from(span.traceId, "hex"),
          spanId: Buffer.from(span.spanId, "hex"),
          parentSpanId: Buffer.from(span.parentSpanId ?? "", "hex"),
        })),
      })),
    })),
  });
  return Buffer.from(requestType.encode(requestType.fromObject(asBytes(request))).finish());
}

/**
 * What protobufjs needs for the body alone.
 *
 * @param {Uint8Array} body
 * @returns {any}
 */
export const decodeAlone = (body) => requestType.decode(body);
