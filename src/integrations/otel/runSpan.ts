import { createHash } from "node:crypto";
import type { Attributes, HrTime, SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Micros } from "../../core/wire";
import { SDK_NAME, SDK_VERSION } from "../../sdk/version";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SAMPLED = 1;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The trace of a run: its id without dashes, or where that is no UUID the first half of its SHA-256. */
export function traceIdOf(runId: string): string {
  return UUID.test(runId) ? runId.replaceAll("-", "").toLowerCase() : sha256(runId).slice(0, 32);
}

/** The span of one step of a run; the run itself is step 0. */
export function spanContextOf(runId: string, step: number): SpanContext {
  return { traceId: traceIdOf(runId), spanId: sha256(`${runId}:${step}`).slice(0, 16), traceFlags: SAMPLED };
}

const hrTime = (time: Micros): HrTime => [Math.floor(time / 1_000_000), Math.round(time % 1_000_000) * 1000];

/** A span of a run that is over. */
export interface RunSpan {
  readonly name: string;
  /** SpanKind of OpenTelemetry: 0 internal, 2 client. */
  readonly kind: 0 | 2;
  readonly context: SpanContext;
  readonly parent: SpanContext | undefined;
  readonly start: Micros;
  readonly end: Micros;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

/** The resource of the spans: the service, as OpenTelemetry's own resources say it. */
export function resourceOf(serviceName: string): ReadableSpan["resource"] {
  const attributes = { "service.name": serviceName };
  const resource: ReadableSpan["resource"] = {
    attributes,
    asyncAttributesPending: false,
    merge: (other) => other ?? resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}

/** The span as the exporters of OpenTelemetry's SDK 1 and 2 take it. */
export function readableOf(span: RunSpan, resource: ReadableSpan["resource"]): ReadableSpan {
  const { name, kind, context, parent, start, end, failed, attributes } = span;
  const scope = { name: SDK_NAME, version: SDK_VERSION };
  const readable = {
    name,
    kind,
    spanContext: () => context,
    ...(parent === undefined ? {} : { parentSpanContext: parent, parentSpanId: parent.spanId }),
    startTime: hrTime(start),
    endTime: hrTime(Math.max(start, end)),
    duration: hrTime(Math.max(0, end - start)),
    status: { code: failed ? 2 : 0 },
    attributes,
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    instrumentationLibrary: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
  return readable;
}
