import type { Micros } from "../../core/wire";

/** What OTLP's AnyValue holds. NaN and the infinities, which JSON sends as null, are null. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** Attributes by name; of a name sent twice the last value stays. No object, because senders choose the names. */
export interface Attributes extends Iterable<[string, AttributeValue]> {
  readonly size: number;
  has(name: string): boolean;
  get(name: string): AttributeValue | undefined;
  keys(): Iterable<string>;
}

export interface SpanEvent {
  readonly name: string;
  readonly time: Micros;
  readonly attributes: Attributes;
}

/** The numbers of OTLP's SpanKind that matter here. */
export const SPAN_KIND = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

export interface Scope {
  readonly name: string;
  readonly version: string;
}

/** One span as it was sent, whatever its dialect. */
export interface Span {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** undefined at a root. */
  readonly parentSpanId: string | undefined;
  /** Whether the parent lies in another process; undefined where the sender does not say. */
  readonly parentIsRemote: boolean | undefined;
  readonly name: string;
  /** A number of OTLP's SpanKind, 0 when unspecified. */
  readonly kind: number;
  readonly start: Micros;
  /** Not before `start`. */
  readonly end: Micros;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly status: "unset" | "ok" | "error";
  readonly statusMessage: string;
  readonly scope: Scope;
  readonly resource: Attributes;
}
