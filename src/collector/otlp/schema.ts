import protobuf from "protobufjs/light";

/** A field by its number and type; `repeated` fields are lists. */
const one = (id: number, type: string) => ({ id, type });
const many = (id: number, type: string) => ({ id, type, rule: "repeated" as const });

/**
 * The messages of an OTLP trace export, by the field numbers of opentelemetry-proto 1.x (collector/trace/v1, trace/v1,
 * common/v1, resource/v1). What is not read (links, trace state, dropped counts) is left out and skipped by the decoder.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    ExportTraceServiceRequest: { fields: { resourceSpans: many(1, "ResourceSpans") } },
    ResourceSpans: { fields: { resource: one(1, "Resource"), scopeSpans: many(2, "ScopeSpans") } },
    Resource: { fields: { attributes: many(1, "KeyValue") } },
    ScopeSpans: { fields: { scope: one(1, "InstrumentationScope"), spans: many(2, "Span") } },
    InstrumentationScope: { fields: { name: one(1, "string"), version: one(2, "string") } },
    Span: {
      fields: {
        traceId: one(1, "bytes"),
        spanId: one(2, "bytes"),
        parentSpanId: one(4, "bytes"),
        name: one(5, "string"),
        kind: one(6, "int32"),
        startTimeUnixNano: one(7, "fixed64"),
        endTimeUnixNano: one(8, "fixed64"),
        attributes: many(9, "KeyValue"),
        events: many(11, "Event"),
        status: one(15, "Status"),
        flags: one(16, "fixed32"),
      },
    },
    Event: { fields: { timeUnixNano: one(1, "fixed64"), name: one(2, "string"), attributes: many(3, "KeyValue") } },
    Status: { fields: { message: one(2, "string"), code: one(3, "int32") } },
    KeyValue: { fields: { key: one(1, "string"), value: one(2, "AnyValue") } },
    AnyValue: {
      // Without it the decoder would leave out 0, false and "", which were sent.
      oneofs: {
        value: {
          oneof: ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue"],
        },
      },
      fields: {
        stringValue: one(1, "string"),
        boolValue: one(2, "bool"),
        intValue: one(3, "int64"),
        doubleValue: one(4, "double"),
        arrayValue: one(5, "ArrayValue"),
        kvlistValue: one(6, "KeyValueList"),
        bytesValue: one(7, "bytes"),
      },
    },
    ArrayValue: { fields: { values: many(1, "AnyValue") } },
    KeyValueList: { fields: { values: many(1, "KeyValue") } },
  },
});

const request = root.lookupType("ExportTraceServiceRequest");

/**
 * Decodes the protobuf body of `/v1/traces` into objects with the keys of OTLP's JSON.
 *
 * @throws Error when the bytes are no such message
 */
export function decodeRequest(bytes: Uint8Array): unknown {
  return request.decode(bytes);
}
