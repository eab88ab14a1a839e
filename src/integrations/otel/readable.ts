import type { HrTime } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Micros } from "../../core/wire";
import { property } from "../models/values";
import type { SpanView } from "../spans/span";

/** SpanStatusCode.ERROR of OpenTelemetry. */
const ERROR = 2;

const micros = ([seconds, nanos]: HrTime): Micros => seconds * 1_000_000 + Math.floor(nanos / 1000);

/** The parent of a span within this process; SDK 1 has only its id, SDK 2 its context. */
export function parentOf(span: ReadableSpan): { readonly id: string | undefined; readonly isRemote: boolean } {
  const context = span.parentSpanContext;
  const id: unknown = context?.spanId ?? property(span, "parentSpanId");
  return { id: typeof id === "string" && id !== "" ? id : undefined, isRemote: context?.isRemote === true };
}

/** A span of the SDK as it is by now. */
export function viewOf(span: ReadableSpan): SpanView {
  const { name, attributes, events, status, startTime, endTime, ended } = span;
  return {
    id: span.spanContext().spanId,
    parentId: parentOf(span).id,
    name,
    attributes,
    events: events.map((event) => ({ name: event.name, attributes: event.attributes, time: micros(event.time) })),
    failed: status.code === ERROR,
    statusMessage: status.message,
    start: micros(startTime),
    end: ended ? micros(endTime) : undefined,
  };
}
