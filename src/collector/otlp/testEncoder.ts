import protobuf from "protobufjs";

/** The schema as opentelemetry-proto writes it, so that what is encoded here does not share the decoder's table. */
const PROTO = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
message InstrumentationScope { string name = 1; string version = 2; repeated KeyValue attributes = 3; }
message Span {
  message Link { bytes trace_id = 1; string trace_state = 3; repeated KeyValue attributes = 4; }
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5;
  enum SpanKind { UNSPECIFIED = 0; INTERNAL = 1; SERVER = 2; CLIENT = 3; PRODUCER = 4; CONSUMER = 5; }
  SpanKind kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10;
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
  repeated Event events = 11; repeated Link links = 13; Status status = 15; fixed32 flags = 16;
}
message Status { reserved 1; string message = 2; enum StatusCode { UNSET = 0; OK = 1; ERROR = 2; } StatusCode code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value {
  string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
  ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7; } }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`;

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
