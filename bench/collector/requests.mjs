import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

const FOLDER = new URL("../../test/fixtures/otlp/", import.meta.url);
/** One trace each, as these systems sent it: a RAG pipeline, an agent of LangGraph and one of the AI SDK with three tool calls. */
export const SYSTEMS = ["haystack-rag", "openllmetry-agent", "ai-sdk-agent"];

const PROTO = readFileSync(new URL("trace.proto", FOLDER), "utf8");
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
