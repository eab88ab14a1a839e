import type { Micros } from "../../core/wire";
import { isRecord } from "../../core/wire/record";
import type { Scope, Span } from "./span";
import { type EventParts, microsOfHalves, plausible, type ReadSpans, SpanList, type SpanParts } from "./spanParts";
import { attributesOf, listOf, NO_ATTRIBUTES, numberOf, textOf } from "./values";

const NO_SCOPE: Scope = { name: "", version: "" };
const STATUS: Readonly<Record<string, Span["status"]>> = {
  1: "ok",
  2: "error",
  STATUS_CODE_OK: "ok",
  STATUS_CODE_ERROR: "error",
};
const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];

/** Reads the spans of a request in OTLP's JSON. It never throws. */
export function readSpans(request: unknown): ReadSpans {
  const list = new SpanList();
  for (const group of listOf(isRecord(request) ? request.resourceSpans : undefined)) {
    if (!isRecord(group)) continue;
    const resource = isRecord(group.resource) ? attributesOf(group.resource.attributes) : NO_ATTRIBUTES;
    // As in "scope_spans", or the "instrumentationLibrarySpans" of early OTLP.
    if (group.scopeSpans === undefined && Object.keys(group).some((key) => /spans$/i.test(key))) {
      list.refuse("not in scopeSpans");
    }
    for (const scoped of listOf(group.scopeSpans)) {
      if (!isRecord(scoped)) continue;
      const scope = scopeOf(scoped.scope);
      for (const raw of listOf(scoped.spans)) {
        if (isRecord(raw)) list.add(partsOf(raw), scope, resource);
        else list.refuse("not an object");
      }
    }
  }
  return list;
}

function scopeOf(scope: unknown): Scope {
  return isRecord(scope) ? { name: textOf(scope.name), version: textOf(scope.version) } : NO_SCOPE;
}

function partsOf(raw: Record<string, unknown>): SpanParts {
  const status = isRecord(raw.status) ? raw.status : undefined;
  return {
    traceId: idOf(raw.traceId, 16),
    spanId: idOf(raw.spanId, 8),
    parentSpanId: idOf(raw.parentSpanId, 8),
    flags: typeof raw.flags === "number" ? raw.flags : 0,
    name: textOf(raw.name),
    kind: kindOf(raw.kind),
    start: timeOf(raw.startTimeUnixNano),
    end: timeOf(raw.endTimeUnixNano),
    attributes: attributesOf(raw.attributes),
    events: listOf(raw.events).filter(isRecord).map(eventOf),
    status: STATUS[String(status?.code ?? 0)] ?? "unset",
    statusMessage: textOf(status?.message),
  };
}

function eventOf(raw: Record<string, unknown>): EventParts {
  return { name: textOf(raw.name), time: timeOf(raw.timeUnixNano), attributes: attributesOf(raw.attributes) };
}

function kindOf(kind: unknown): number {
  if (typeof kind === "number") return kind;
  return Math.max(0, KINDS.indexOf(textOf(kind).replace("SPAN_KIND_", "")));
}

/** µs of a time in ns; undefined for 0, which stands for "not known", and for what is no time. */
function timeOf(value: unknown): Micros | undefined {
  return plausible(microsOf(value));
}

function microsOf(value: unknown): Micros | undefined {
  if (typeof value === "string") return /^\d{4,20}$/.test(value) ? Number(value.slice(0, -3)) : undefined;
  // Some encoders write a 64-bit number as its halves.
  if (isRecord(value) && typeof value.low === "number" && typeof value.high === "number") {
    return microsOfHalves(value.low, value.high);
  }
  const nanos = numberOf(value);
  return nanos === undefined ? undefined : Math.floor(nanos / 1000);
}

/** Lower-case hex of an id of so many bytes, in hex or base64. Zero is no id. */
function idOf(value: unknown, bytes: number): string | undefined {
  const hex = hexOf(value, bytes);
  return hex === undefined || /^0*$/.test(hex) ? undefined : hex;
}

function hexOf(value: unknown, bytes: number): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value.length === bytes * 2 && /^[0-9a-f]+$/i.test(value)) return value.toLowerCase();
  // Generic protobuf-to-JSON encoders write bytes as base64, against OTLP's own rule.
  const decoded = Buffer.from(value, "base64");
  return decoded.length === bytes && decoded.toString("base64").replaceAll("=", "") === value.replaceAll("=", "")
    ? decoded.toString("hex")
    : undefined;
}
