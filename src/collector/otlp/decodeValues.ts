import { LateAttributes, LateText, settled } from "./lateAttributes";
import { readName } from "./names";
import type { AttributeValue } from "./span";
import { finite, MAX_DEPTH, numberOf } from "./values";
import { bytes, enter, fixed64, leave, type Reader, skip, varint, type Wire } from "./wire";

// The fields of opentelemetry-proto's common/v1/common.proto.
const KEY = bytes(1);
const VALUE = bytes(2);
const STRING_VALUE = bytes(1);
const BOOL_VALUE = varint(2);
const INT_VALUE = varint(3);
const DOUBLE_VALUE = fixed64(4);
const ARRAY_VALUE = bytes(5);
const KVLIST_VALUE = bytes(6);
const BYTES_VALUE = bytes(7);
const VALUES = bytes(1);

/** Values within values deeper than this are an attack on the stack. */
const REFUSED_DEPTH = 47;

/** Adds the KeyValue that follows to the attributes of a span, an event or a resource, or to the members of a value. */
export function readAttribute(wire: Wire, attributes: LateAttributes, depth = 0): void {
  const { reader } = wire;
  const around = enter(reader);
  let name = "";
  let value: AttributeValue | LateText = null;
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if (tag === KEY) {
      // What members of a value are called may be content, of which nothing is kept.
      name = depth === 0 ? readName(wire) : reader.string();
    } else if (tag === VALUE) value = readValue(wire, depth);
    else skip(reader, tag);
  }
  leave(reader, around);
  if (name !== "") attributes.set(name, value);
}

/** The AnyValue that follows; of several fields the last one counts. */
function readValue(wire: Wire, depth: number): AttributeValue | LateText {
  if (depth > REFUSED_DEPTH) throw new Error("values are nested too deep");
  const { reader } = wire;
  const around = enter(reader);
  let value: AttributeValue | LateText = null;
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    switch (tag) {
      case STRING_VALUE: {
        const length = reader.size();
        value = new LateText(wire.buffer, reader.pos, reader.pos + length);
        reader.skip(length);
        break;
      }
      case INT_VALUE:
        value = readInt(reader);
        break;
      case DOUBLE_VALUE:
        value = finite(reader.double());
        break;
      case BOOL_VALUE:
        value = reader.bool();
        break;
      case ARRAY_VALUE:
        value = readList(wire, depth + 1);
        break;
      case KVLIST_VALUE:
        value = readRecord(wire, depth + 1);
        break;
      case BYTES_VALUE:
        skip(reader, tag);
        value = "";
        break;
      default:
        skip(reader, tag);
    }
  }
  leave(reader, around);
  return depth > MAX_DEPTH ? null : value;
}

function readInt(reader: Reader): number | null {
  // One byte, as most counts are: without the object of two halves.
  return (reader.buf[reader.pos] ?? 0) < 0x80 ? reader.uint32() : (numberOf(reader.int64()) ?? null);
}

function readList(wire: Wire, depth: number): AttributeValue[] {
  const { reader } = wire;
  const around = enter(reader);
  const list: AttributeValue[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if (tag === VALUES) list.push(settled(readValue(wire, depth)));
    else skip(reader, tag);
  }
  leave(reader, around);
  return list;
}

function readRecord(wire: Wire, depth: number): AttributeValue {
  const { reader } = wire;
  const around = enter(reader);
  const members = new LateAttributes();
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if (tag === VALUES) readAttribute(wire, members, depth);
    else skip(reader, tag);
  }
  leave(reader, around);
  // Makes own properties of every name, "__proto__" too.
  return Object.fromEntries(members);
}
