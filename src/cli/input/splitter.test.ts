import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter } from "./splitter";

type Found = [kind: "line" | "oversized" | "undecodable", number: number, what?: string | number];

function split(chunks: readonly Uint8Array[]): Found[] {
  const found: Found[] = [];
  const splitter = new LineSplitter({
    line: (text, number) => found.push(["line", number, text]),
    oversized: (bytes, number) => found.push(["oversized", number, bytes]),
    undecodable: (number) => found.push(["undecodable", number]),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return found;
}

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");

describe("LineSplitter", () => {
  it("reads lines with and without a last newline, and with Windows line ends", () => {
    expect(split([utf8("a\n\nb\r\nc")])).toEqual([
      ["line", 1, "a"],
      ["line", 2, ""],
      ["line", 3, "b"],
      ["line", 4, "c"],
    ]);
    expect(split([utf8("a\n")])).toEqual([["line", 1, "a"]]);
    expect(split([])).toEqual([]);
  });

  it("skips a byte order mark at the start only", () => {
    expect(split([utf8("\uFEFFa\n\uFEFFb\n")])).toEqual([
      ["line", 1, "a"],
      ["line", 2, "\uFEFFb"],
    ]);
  });

  it("gives the same lines wherever the chunks split them, inside a character too", () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "漢", "😀", "\r", "\uFFFD") }), { maxLength: 8 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 12 }), (lines, cuts) => {
        const bytes = utf8(lines.map((line) => `${line}x\n`).join(""));
        const chunks: Uint8Array[] = [];
        let rest: Uint8Array = bytes;
        for (const cut of cuts) {
          chunks.push(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        chunks.push(rest);
        expect(split(chunks)).toEqual(lines.map((line, at) => ["line", at + 1, `${line}x`]));
      }),
    );
  });

  it("counts a line beyond 64 KiB without keeping it, and goes on with the next", () => {
    const chunk = Buffer.alloc(10_000, "x");
    const chunks = [utf8("a\n"), ...Array.from({ length: 50 }, () => chunk), utf8("\nb\n")];
    expect(split(chunks)).toEqual([
      ["line", 1, "a"],
      ["oversized", 2, 500_000],
      ["line", 3, "b"],
    ]);
  });

  it("counts the newline as part of the 64 KiB", () => {
    expect(split([Buffer.alloc(65_535, "x"), utf8("\n")])[0]?.[0]).toBe("line");
    expect(split([Buffer.alloc(65_536, "x"), utf8("\n")])[0]?.[0]).toBe("oversized");
  });

  it("names a line that is no UTF-8 but reads a replacement character that is really there", () => {
    expect(split([Buffer.from([0x61, 0xff, 0x0a]), utf8("\uFFFD\n")])).toEqual([
      ["undecodable", 1],
      ["line", 2, "\uFFFD"],
    ]);
  });
});
