import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

/** The schema as opentelemetry-proto writes it, so that what is encoded here does not share the decoder's table. */
const PROTO = readFileSync(new URL("../../../test/fixtures/otlp/trace.proto", import.meta.url), "utf8");

const request = protobuf.parse(PROTO).root.lookupType("ExportTraceServiceRequest");

/** Encodes a request as an OTLP exporter in protobuf does; keys as in OTLP's JSON, ids as bytes. */
export function encodeProtobuf(message: Record<string, unknown>): Uint8Array {
  return request.encode(request.fromObject(message)).finish();
}

/**
 * What protobufjs decodes a request to, with 64-bit numbers as text, as OTLP's JSON has them; ids stay bytes.
 *
 * @throws Error when the bytes are no such message
 */
export function decodeProtobuf(bytes: Uint8Array): Record<string, unknown> {
  return request.toObject(request.decode(bytes), { longs: String });
}
