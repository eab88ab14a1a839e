import type { Wire } from "./wire";

/** Names of other lengths are decoded each time. */
const MIN_LENGTH = 4;
const MAX_LENGTH = 128;
/** A power of two, so that a hash becomes two slots by its last bits. The tracers of one system use some dozens of names. */
const SLOTS = 2048;

interface Name {
  readonly length: number;
  /** Its bytes in fours; the last four may overlap those before. */
  readonly words: readonly number[];
  readonly text: string;
}

/** The names that were read last, each in one of the two slots of its hash; of three with one hash the last two stay. */
const slots: (Name | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);

/**
 * Reads the name of an attribute, a span or an event. Tracers send the same names again and again: those seen before are not
 * decoded, and are the same string, of which a Map knows the hash.
 */
export function readName(wire: Wire): string {
  const length = wire.reader.size();
  const start = wire.reader.pos;
  wire.reader.skip(length);
  if (length < MIN_LENGTH || length > MAX_LENGTH) return wire.buffer.toString("utf8", start, start + length);
  // The first of two: an even number.
  const slot = hashOf(wire.view, start, length) & (SLOTS - 2);
  const known = slots[slot];
  if (known !== undefined && isSame(known, wire.view, start, length)) return known.text;
  const beside = slots[slot + 1];
  if (beside !== undefined && isSame(beside, wire.view, start, length)) return beside.text;
  const text = wire.buffer.toString("utf8", start, start + length);
  const words = Array.from({ length: wordsIn(length) }, (_, at) => wordAt(wire.view, start, length, at));
  slots[slot + 1] = known;
  slots[slot] = { length, words, text };
  return text;
}

const wordsIn = (length: number): number => (length + 3) >> 2;

/** Four bytes at once: one after the other they would take as long as decoding them. */
function wordAt(view: DataView, start: number, length: number, at: number): number {
  return view.getInt32(start + Math.min(at * 4, length - 4), true);
}

/** MurmurHash3: simpler ones give names that differ in a digit the same slots. */
function hashOf(view: DataView, start: number, length: number): number {
  let hash = length;
  const count = wordsIn(length);
  for (let at = 0; at < count; at++) {
    const word = Math.imul(wordAt(view, start, length, at), 0xcc9e2d51);
    hash ^= Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function isSame(name: Name, view: DataView, start: number, length: number): boolean {
  if (name.length !== length) return false;
  const { words } = name;
  for (let at = 0; at < words.length; at++) if (words[at] !== wordAt(view, start, length, at)) return false;
  return true;
}
