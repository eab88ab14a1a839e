import protobuf from "protobufjs/light";
import type { Encoding } from "./body";

/** What an exporter is answered: collector/trace/v1 and google/rpc/status.proto. */
const root = protobuf.Root.fromJSON({
  nested: {
    ExportTraceServiceResponse: { fields: { partialSuccess: { id: 1, type: "ExportTracePartialSuccess" } } },
    ExportTracePartialSuccess: {
      fields: { rejectedSpans: { id: 1, type: "int64" }, errorMessage: { id: 2, type: "string" } },
    },
    Status: { fields: { code: { id: 1, type: "int32" }, message: { id: 2, type: "string" } } },
  },
});
const TYPES = { response: root.lookupType("ExportTraceServiceResponse"), status: root.lookupType("Status") };

/** An answer in the encoding of its request. */
export interface EncodedAnswer {
  readonly type: "application/x-protobuf" | "application/json";
  readonly body: Uint8Array | string;
}

function encoded(kind: keyof typeof TYPES, message: object, encoding: Encoding): EncodedAnswer {
  if (encoding === "json") return { type: "application/json", body: JSON.stringify(message) };
  const type = TYPES[kind];
  return { type: "application/x-protobuf", body: type.encode(type.create(message)).finish() };
}

/** The answer to spans that were taken; it names those that were not, and why. */
export function exportAnswer(refused: ReadonlyMap<string, number>, encoding: Encoding): EncodedAnswer {
  const rejected = [...refused.values()].reduce((sum, times) => sum + times, 0);
  if (rejected === 0) return encoded("response", {}, encoding);
  const errorMessage = [...refused].map(([reason, times]) => `${times} × ${reason}`).join("; ");
  // JSON writes 64-bit numbers as texts.
  const rejectedSpans = encoding === "json" ? String(rejected) : rejected;
  return encoded("response", { partialSuccess: { rejectedSpans, errorMessage } }, encoding);
}

/** A success with a warning: all was taken, and there is something to say. */
export function warningAnswer(errorMessage: string, encoding: Encoding): EncodedAnswer {
  return encoded("response", { partialSuccess: { errorMessage } }, encoding);
}

/** The answer to a request that was not taken: `message` says what is wrong and what to send instead. */
export function statusAnswer(message: string, encoding: Encoding): EncodedAnswer {
  return encoded("status", { message }, encoding);
}
