import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { yamlScalar, yamlText } from "./yamlText";

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom(
    "",
    "no",
    "off",
    "~",
    "1e3",
    "0x1f",
    "- a",
    "a: b",
    "a #b",
    "{{ x }}",
    "'",
    '"',
    "a\nb",
    "\ud800",
    "é",
    "…",
    "\u0085",
    "12:30",
    "2026-01-01",
    "<<",
    "=",
    "---",
    "...",
    "--- a",
    "a\\b",
    "%x",
  ),
);

describe("yamlText", () => {
  it("is read back as it was, whatever the texts", () => {
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { maxDepth: 4 },
        nasty,
        fc.integer(),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        tie("list"),
        tie("map"),
      ),
      list: fc.array(tie("document"), { maxLength: 3 }),
      map: fc.dictionary(
        nasty.filter((key) => key !== "__proto__"),
        tie("document"),
        { maxKeys: 3 },
      ),
    }));
    fc.assert(
      fc.property(document, (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(parse(yamlText(JSON.parse(JSON.stringify(value))))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });

  it("has no quotes where none are needed", () => {
    expect(yamlText({ a: [{ b: "sum by (x) (1)", c: 3 }, []], d: {}, e: undefined, f: "off", g: '{"a"}' })).toBe(
      'a:\n  - b: sum by (x) (1)\n    c: 3\n  - []\nd: {}\nf: "off"\ng: \'{"a"}\'\n',
    );
  });

  it("is one line for a text of several", () => {
    expect(yamlScalar("a\nb: 1")).toBe('"a\\nb: 1"');
  });
});
