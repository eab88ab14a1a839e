import protobuf from "protobufjs/light";

/** protobufjs's reader of the wire format; it throws where the bytes end early or are none. */
export type Reader = protobuf.Reader;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** What stands before a field: its number and how its value is written. */
const tag = (field: number, type: number): number => (field << 3) | type;
export const varint = (field: number): number => tag(field, VARINT);
export const fixed64 = (field: number): number => tag(field, FIXED64);
/** Texts, bytes and messages. */
export const bytes = (field: number): number => tag(field, BYTES);
export const fixed32 = (field: number): number => tag(field, FIXED32);

/** A body that is being read, by fields and by bytes. */
export interface Wire {
  readonly reader: Reader;
  readonly buffer: Buffer;
  readonly view: DataView;
}

export function wireOf(body: Uint8Array): Wire {
  const { buffer, byteOffset, byteLength } = body;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return { reader: protobuf.Reader.create(bytes), buffer: bytes, view: new DataView(buffer, byteOffset, byteLength) };
}

/**
 * Narrows a reader to the message within that it stands at, whose fields follow up to `reader.len`.
 *
 * @returns where the message around it ends, for `leave`
 */
export function enter(reader: Reader): number {
  const end = reader.size() + reader.pos;
  const around = reader.len;
  if (end > around) throw new RangeError(`index out of range: ${end} > ${around}`);
  reader.len = end;
  return around;
}

/** Goes on with the message around the one that was read to its end. */
export function leave(reader: Reader, around: number): void {
  reader.len = around;
}

/** Leaves out a field of a tag that is not read. */
export function skip(reader: Reader, unknown: number): void {
  reader.skipType(unknown & 7, undefined, unknown >>> 3);
}

/**
 * Reads the message that follows.
 *
 * @param field reads the value of a tag; false where it does not know the tag
 */
export function readMessage(reader: Reader, field: (tag: number) => boolean): void {
  const around = enter(reader);
  readFields(reader, field);
  leave(reader, around);
}

/** As `readMessage`, for the message that the reader is in. */
export function readFields(reader: Reader, field: (tag: number) => boolean): void {
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    if (!field(tag)) skip(reader, tag);
  }
}
