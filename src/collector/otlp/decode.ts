import { readSpan } from "./decodeSpan";
import { readAttribute } from "./decodeValues";
import { Ids } from "./ids";
import { LateAttributes } from "./lateAttributes";
import type { Attributes } from "./span";
import { type ReadSpans, SpanList } from "./spanParts";
import { bytes, readFields, readMessage, type Wire, wireOf } from "./wire";

// The fields that are read, by the numbers of opentelemetry-proto 1.x (collector/trace/v1, trace/v1, resource/v1, common/v1).
const RESOURCE_SPANS = bytes(1);
const GROUP = { resource: bytes(1), scopeSpans: bytes(2) } as const;
const RESOURCE_ATTRIBUTES = bytes(1);
const SCOPED = { scope: bytes(1), spans: bytes(2) } as const;
const SCOPE = { name: bytes(1), version: bytes(2) } as const;

/**
 * Decodes the protobuf body of `/v1/traces` field by field: messages of protobufjs, of which spans would be made, take longer
 * than all else. Texts are decoded when they are asked for, so the spans hold on to the body.
 *
 * @throws Error when the bytes are no such message
 */
export function decodeSpans(body: Uint8Array): ReadSpans {
  const wire = wireOf(body);
  const ids = new Ids();
  const list = new SpanList();
  readFields(wire.reader, (tag) => {
    if (tag !== RESOURCE_SPANS) return false;
    readGroup(wire, ids, list);
    return true;
  });
  return list;
}

/** Spans of one resource, which is filled in when it comes: it may come after them. */
function readGroup(wire: Wire, ids: Ids, list: SpanList): void {
  const { reader } = wire;
  const resource = new LateAttributes();
  const inResource = (tag: number): boolean => {
    if (tag !== RESOURCE_ATTRIBUTES) return false;
    readAttribute(wire, resource);
    return true;
  };
  readMessage(reader, (tag) => {
    if (tag === GROUP.resource) readMessage(reader, inResource);
    else if (tag === GROUP.scopeSpans) readScoped(wire, ids, resource, list);
    else return false;
    return true;
  });
}

/** Spans of one scope, which may come after them too. */
function readScoped(wire: Wire, ids: Ids, resource: Attributes, list: SpanList): void {
  const { reader } = wire;
  const scope = { name: "", version: "" };
  const inScope = (tag: number): boolean => {
    if (tag === SCOPE.name) scope.name = reader.string();
    else if (tag === SCOPE.version) scope.version = reader.string();
    else return false;
    return true;
  };
  readMessage(reader, (tag) => {
    if (tag === SCOPED.scope) readMessage(reader, inScope);
    else if (tag === SCOPED.spans) list.add(readSpan(wire, ids), scope, resource);
    else return false;
    return true;
  });
}
