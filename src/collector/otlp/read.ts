import type { Micros } from "../../core/wire";
import { isRecord } from "../../core/wire/record";
import type { Attributes, Scope, Span, SpanEvent } from "./span";
import { attributesOf, listOf, NO_ATTRIBUTES, numberOf, textOf } from "./values";

/** Spans that can be used, and how many could not. */
export interface ReadSpans {
  readonly spans: readonly Span[];
  /** Why spans were refused, with how often; sent back as OTLP's partial success. */
  readonly refused: ReadonlyMap<string, number>;
}

const NO_SCOPE: Scope = { name: "", version: "" };
/** Bits of `Span.flags`: whether it is known that the parent is remote, and whether it is. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
const STATUS: Readonly<Record<string, Span["status"]>> = {
  1: "ok",
  2: "error",
  STATUS_CODE_OK: "ok",
  STATUS_CODE_ERROR: "error",
};
const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];
/** 2100 in µs: a later time is a broken clock or another unit. */
const LATEST: Micros = 4_102_444_800_000_000;

/** Reads a decoded request, of protobuf or JSON, into spans. It never throws. */
export function readSpans(request: unknown): ReadSpans {
  const spans: Span[] = [];
  const refused = new Map<string, number>();
  for (const group of listOf(isRecord(request) ? request.resourceSpans : undefined)) {
    if (!isRecord(group)) continue;
    const resource = isRecord(group.resource) ? attributesOf(group.resource.attributes) : NO_ATTRIBUTES;
    for (const scoped of listOf(group.scopeSpans)) {
      if (!isRecord(scoped)) continue;
      const scope = scopeOf(scoped.scope);
      for (const raw of listOf(scoped.spans)) {
        const span = isRecord(raw) ? readSpan(raw, scope, resource) : "not an object";
        if (typeof span === "string") refused.set(span, (refused.get(span) ?? 0) + 1);
        else spans.push(span);
      }
    }
  }
  return { spans, refused };
}

function scopeOf(scope: unknown): Scope {
  return isRecord(scope) ? { name: textOf(scope.name), version: textOf(scope.version) } : NO_SCOPE;
}

/** @returns the span, or why it is none */
function readSpan(raw: Record<string, unknown>, scope: Scope, resource: Attributes): Span | string {
  const traceId = idOf(raw.traceId, 16);
  if (traceId === undefined) return "traceId is not 16 bytes, or zero";
  const spanId = idOf(raw.spanId, 8);
  if (spanId === undefined) return "spanId is not 8 bytes, or zero";
  const start = timeOf(raw.startTimeUnixNano);
  if (start === undefined) return "startTimeUnixNano is no time";
  const end = timeOf(raw.endTimeUnixNano) ?? start;
  const status = isRecord(raw.status) ? raw.status : undefined;
  const flags = typeof raw.flags === "number" ? raw.flags : 0;
  const parentSpanId = idOf(raw.parentSpanId, 8);
  return {
    traceId,
    spanId,
    parentSpanId,
    parentIsRemote: parentSpanId === undefined || (flags & HAS_IS_REMOTE) === 0 ? undefined : (flags & IS_REMOTE) !== 0,
    name: textOf(raw.name),
    kind: kindOf(raw.kind),
    start,
    end: Math.max(start, end),
    attributes: attributesOf(raw.attributes),
    events: eventsOf(raw.events, start),
    status: STATUS[String(status?.code ?? 0)] ?? "unset",
    statusMessage: textOf(status?.message),
    scope,
    resource,
  };
}

function eventsOf(list: unknown, start: Micros): readonly SpanEvent[] {
  return listOf(list).flatMap((raw) =>
    isRecord(raw)
      ? [{ name: textOf(raw.name), time: timeOf(raw.timeUnixNano) ?? start, attributes: attributesOf(raw.attributes) }]
      : [],
  );
}

function kindOf(kind: unknown): number {
  if (typeof kind === "number") return kind;
  return Math.max(0, KINDS.indexOf(textOf(kind).replace("SPAN_KIND_", "")));
}

/** µs of a time in ns; undefined for 0, which stands for "not known", and for what is no time. */
function timeOf(value: unknown): Micros | undefined {
  const micros = microsOf(value);
  return micros !== undefined && micros > 0 && micros <= LATEST ? micros : undefined;
}

/** A double has only 256 ns at today's times, so ns are never made one number: times that are equal must stay equal. */
function microsOf(value: unknown): Micros | undefined {
  if (typeof value === "string") return /^\d{4,20}$/.test(value) ? Number(value.slice(0, -3)) : undefined;
  if (isRecord(value) && typeof value.low === "number" && typeof value.high === "number") {
    const high = value.high >>> 0;
    // 2^32 = 4,294,967 × 1000 + 296
    return high * 4_294_967 + Math.floor((high * 296 + (value.low >>> 0)) / 1000);
  }
  const nanos = numberOf(value);
  return nanos === undefined ? undefined : Math.floor(nanos / 1000);
}

/** Lower-case hex of an id of so many bytes: bytes of protobuf, or hex or base64 text of JSON. Zero is no id. */
function idOf(value: unknown, bytes: number): string | undefined {
  const hex = hexOf(value, bytes);
  return hex === undefined || /^0*$/.test(hex) ? undefined : hex;
}

function hexOf(value: unknown, bytes: number): string | undefined {
  if (value instanceof Uint8Array) {
    return value.length === bytes ? Buffer.from(value.buffer, value.byteOffset, bytes).toString("hex") : undefined;
  }
  if (typeof value !== "string") return undefined;
  if (value.length === bytes * 2 && /^[0-9a-f]+$/i.test(value)) return value.toLowerCase();
  // Generic protobuf-to-JSON encoders write bytes as base64, against OTLP's own rule.
  const decoded = Buffer.from(value, "base64");
  return decoded.length === bytes && decoded.toString("base64").replaceAll("=", "") === value.replaceAll("=", "")
    ? decoded.toString("hex")
    : undefined;
}
