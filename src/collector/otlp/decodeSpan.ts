import type { Micros } from "../../core/wire";
import { readAttribute } from "./decodeValues";
import type { Ids } from "./ids";
import { LateAttributes } from "./lateAttributes";
import { readName } from "./names";
import type { Span } from "./span";
import { type EventParts, microsOfHalves, plausible, type SpanParts } from "./spanParts";
import { bytes, enter, fixed32, fixed64, leave, type Reader, readMessage, skip, varint, type Wire } from "./wire";

// The fields that are read, by the numbers of opentelemetry-proto's trace/v1/trace.proto.
const SPAN = {
  traceId: bytes(1),
  spanId: bytes(2),
  parentSpanId: bytes(4),
  name: bytes(5),
  kind: varint(6),
  start: fixed64(7),
  end: fixed64(8),
  attributes: bytes(9),
  events: bytes(11),
  status: bytes(15),
  flags: fixed32(16),
} as const;
const EVENT = { time: fixed64(1), name: bytes(2), attributes: bytes(3) } as const;
const STATUS = { message: bytes(2), code: varint(3) } as const;
const CODES: readonly Span["status"][] = ["unset", "ok", "error"];

/** The Span that follows. */
export function readSpan(wire: Wire, ids: Ids): SpanParts {
  const { reader } = wire;
  const attributes = new LateAttributes();
  const events: EventParts[] = [];
  const span: SpanParts = {
    traceId: undefined,
    spanId: undefined,
    parentSpanId: undefined,
    flags: 0,
    name: "",
    kind: 0,
    start: undefined,
    end: undefined,
    attributes,
    events,
    status: "unset",
    statusMessage: "",
  };
  const around = enter(reader);
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    switch (tag) {
      case SPAN.traceId:
        span.traceId = ids.trace.read(wire);
        break;
      case SPAN.spanId:
        span.spanId = ids.span.read(wire);
        break;
      case SPAN.parentSpanId:
        span.parentSpanId = ids.parent.read(wire);
        break;
      case SPAN.name:
        span.name = readName(wire);
        break;
      case SPAN.kind:
        span.kind = reader.int32();
        break;
      case SPAN.start:
        span.start = timeOf(reader);
        break;
      case SPAN.end:
        span.end = timeOf(reader);
        break;
      case SPAN.attributes:
        readAttribute(wire, attributes);
        break;
      case SPAN.events:
        events.push(readEvent(wire));
        break;
      case SPAN.status:
        readStatus(reader, span);
        break;
      case SPAN.flags:
        span.flags = reader.fixed32();
        break;
      default:
        skip(reader, tag);
    }
  }
  leave(reader, around);
  return span;
}

function readEvent(wire: Wire): EventParts {
  const { reader } = wire;
  const attributes = new LateAttributes();
  const event: EventParts = { name: "", time: undefined, attributes };
  readMessage(reader, (tag) => {
    if (tag === EVENT.time) event.time = timeOf(reader);
    else if (tag === EVENT.name) event.name = readName(wire);
    else if (tag === EVENT.attributes) readAttribute(wire, attributes);
    else return false;
    return true;
  });
  return event;
}

function readStatus(reader: Reader, span: SpanParts): void {
  readMessage(reader, (tag) => {
    if (tag === STATUS.code) span.status = CODES[reader.int32()] ?? "unset";
    else if (tag === STATUS.message) span.statusMessage = reader.string();
    else return false;
    return true;
  });
}

function timeOf(reader: Reader): Micros | undefined {
  const low = reader.fixed32();
  return plausible(microsOfHalves(low, reader.fixed32()));
}
