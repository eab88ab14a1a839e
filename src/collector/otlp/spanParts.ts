import type { Micros } from "../../core/wire";
import type { Attributes, Scope, Span, SpanEvent } from "./span";

/** Spans that can be used, and how many could not. */
export interface ReadSpans {
  readonly spans: readonly Span[];
  /** Why spans were refused, with how often; sent back as OTLP's partial success. */
  readonly refused: ReadonlyMap<string, number>;
}

const NO_EVENTS: readonly SpanEvent[] = [];
/** Bits of `Span.flags`: whether it is known that the parent is remote, and whether it is. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
/** 2100 in µs: a later time is a broken clock or another unit. */
const LATEST: Micros = 4_102_444_800_000_000;

/** An event without a time is one of the start of its span. */
export interface EventParts {
  name: string;
  time: Micros | undefined;
  attributes: Attributes;
}

/** A span as it was sent, in either encoding; undefined is what was not sent, or is none. */
export interface SpanParts {
  traceId: string | undefined;
  spanId: string | undefined;
  parentSpanId: string | undefined;
  flags: number;
  name: string;
  kind: number;
  start: Micros | undefined;
  end: Micros | undefined;
  attributes: Attributes;
  events: readonly EventParts[];
  status: Span["status"];
  statusMessage: string;
}

/** Spans of one request as they are read: those that can be used, the others counted. */
export class SpanList implements ReadSpans {
  readonly spans: Span[] = [];
  readonly refused = new Map<string, number>();

  refuse(reason: string): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
  }

  add(parts: SpanParts, scope: Scope, resource: Attributes): void {
    const { traceId, spanId, parentSpanId, flags, name, kind, start, end, attributes, events } = parts;
    if (traceId === undefined) this.refuse("traceId is not 16 bytes, or zero");
    else if (spanId === undefined) this.refuse("spanId is not 8 bytes, or zero");
    else if (start === undefined) this.refuse("startTimeUnixNano is no time");
    else {
      const saysRemote = parentSpanId !== undefined && (flags & HAS_IS_REMOTE) !== 0;
      this.spans.push({
        traceId,
        spanId,
        parentSpanId,
        parentIsRemote: saysRemote ? (flags & IS_REMOTE) !== 0 : undefined,
        name,
        kind,
        start,
        end: end === undefined ? start : Math.max(start, end),
        attributes,
        events: events.length === 0 ? NO_EVENTS : events.map((event) => ({ ...event, time: event.time ?? start })),
        status: parts.status,
        statusMessage: parts.statusMessage,
        scope,
        resource,
      });
    }
  }
}

/** A time that can be one; undefined for 0, which stands for "not known". */
export function plausible(time: Micros | undefined): Micros | undefined {
  return time !== undefined && time > 0 && time <= LATEST ? time : undefined;
}

/**
 * µs of a time in ns that is too long for a double: at today's times one has only 256 ns, and times that are equal must
 * stay equal.
 *
 * @param low the last 32 bits
 * @param high the first 32 bits
 */
export function microsOfHalves(low: number, high: number): Micros {
  const rest = high >>> 0;
  // 2^32 = 4,294,967 × 1000 + 296
  return rest * 4_294_967 + Math.floor((rest * 296 + (low >>> 0)) / 1000);
}
