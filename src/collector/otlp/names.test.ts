import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { readName } from "./names";
import { wireOf } from "./wire";

/** Names one after the other in one body, each behind its length. */
function wireWith(names: readonly string[]) {
  const bytes = names.map((name) => Buffer.from(name));
  return wireOf(Buffer.concat(bytes.flatMap((name) => [lengthOf(name), name])));
}

function readAll(names: readonly string[]): string[] {
  const wire = wireWith(names);
  return names.map(() => readName(wire));
}

/** A length below 16,384 as a varint. */
const lengthOf = ({ length }: Uint8Array) => Buffer.of(0x80 | (length & 0x7f), length >> 7);

describe("readName", () => {
  it("reads each name as it is, however alike they are and however often they come", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 12 });
    const long = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.array(fc.oneof(letters, long), { maxLength: 60 }), (names) => {
        expect(readAll([...names, ...names])).toEqual([...names, ...names]);
      }),
    );
  });

  it("reads more names than it keeps", () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `gen_ai.prompt.${at}.content`);
    expect(readAll([...names, ...names])).toEqual([...names, ...names]);
  });

  it.each([
    ["first", (at: number) => `${at}_once.attribute`],
    ["middle", (at: number) => `once.prompt.${at}.content`],
    ["last", (at: number) => `once.attribute.of.this.name.${at}`],
  ])("decodes names that differ in their %s letters once each", (_, nameOf) => {
    const names = Array.from({ length: 60 }, (_, at) => nameOf(at));
    const wire = wireWith(Array.from({ length: 10 }, () => names).flat());
    const decoding = vi.spyOn(wire.buffer, "toString");
    for (let at = 0; at < 10 * names.length; at++) expect(readName(wire)).toBe(names[at % names.length]);
    expect(decoding).toHaveBeenCalledTimes(names.length);
  });
});
