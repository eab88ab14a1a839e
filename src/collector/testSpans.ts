import { Content } from "../sdk/content";
import { nodeHash } from "../sdk/hashing";
import type { AttributeValue, Span } from "./otlp/span";

export const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
/** When the spans of tests start, µs. */
export const T0 = 1_795_168_800_000_000;
export const hash = nodeHash();
export const content = new Content("hash", hash, "sha256");

type Attributes = Readonly<Record<string, AttributeValue>>;

export interface SpanFields extends Partial<Omit<Span, "attributes" | "resource" | "start" | "end" | "spanId">> {
  /** Any text: made an id of 16 hex digits. */
  readonly id?: string;
  /** Likewise. */
  readonly parent?: string;
  /** ms after T0. */
  readonly from?: number;
  readonly to?: number;
  readonly resource?: Attributes;
}

/** 16 hex digits for a readable name. */
export function idOf(name: string): string {
  return Buffer.from(name.padEnd(8, "_").slice(0, 8)).toString("hex");
}

/** A span as the decoder makes it. */
export function span(name: string, attributes: Attributes = {}, fields: SpanFields = {}): Span {
  const { id = name, parent, from = 0, to = 100, resource = { "service.name": "shop" }, ...rest } = fields;
  return {
    traceId: TRACE_ID,
    spanId: idOf(id),
    parentSpanId: parent === undefined ? undefined : idOf(parent),
    parentIsRemote: parent === undefined ? undefined : false,
    name,
    kind: 1,
    start: T0 + from * 1000,
    end: T0 + to * 1000,
    events: [],
    status: "unset",
    statusMessage: "",
    scope: { name: "", version: "" },
    ...rest,
    attributes: new Map(Object.entries(attributes)),
    resource: new Map(Object.entries(resource)),
  };
}
