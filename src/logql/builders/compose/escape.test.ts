import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../testArbitraries";
import { unquote } from "../testParse";
import { durationText, jsonEscaped, needleOf, numberText, quoted, regexOf, wellFormed } from "./escape";

describe("quoted", () => {
  it("stands for exactly the text", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(unquote(quoted(text))).toBe(wellFormed(text));
      }),
    );
  });

  it("holds no control character", () => {
    expect(quoted("\u0000\n\u0085\ufeff\u2028")).toBe('"\\u0000\\n\\u0085\\ufeff\\u2028"');
  });

  it("replaces halves of surrogate pairs only", () => {
    expect(quoted("a\ud800b😀")).toBe('"a\ufffdb😀"');
  });
});

describe("regexOf", () => {
  it("matches the text and nothing else", () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (text, other) => {
        const regex = new RegExp(`^(?:${regexOf(text)})$`, "su");
        expect(regex.test(wellFormed(text))).toBe(true);
        expect(regex.test(wellFormed(other))).toBe(wellFormed(other) === wellFormed(text));
      }),
    );
  });
});

describe("needleOf", () => {
  it("is in every JSON that holds the text, however it was encoded", () => {
    // Python's ensure_ascii, Go's HTML escaping, PHP's slashes.
    const ascii = (json: string) =>
      json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const html = (json: string) =>
      json.replace(/[<>&'/]/g, (char) => (char === "/" ? "\\/" : `\\u00${char.charCodeAt(0).toString(16)}`));
    fc.assert(
      fc.property(hostileText(), (text) => {
        const needle = needleOf(text);
        const plain = JSON.stringify(wellFormed(text));
        for (const json of [plain, ascii(plain), html(plain), ascii(html(plain))]) expect(json).toContain(needle);
      }),
    );
  });

  it("is the whole text where there is one way to write it", () => {
    expect(needleOf('3f1c-"x"\\\n')).toBe('3f1c-\\"x\\"\\\\\\n');
    expect(needleOf("été/summer")).toBe("summer");
    expect(needleOf("é")).toBe("");
    expect(jsonEscaped("é")).toBe("é");
  });
});

describe("numberText", () => {
  it("writes numbers without exponent", () => {
    expect([3, -1.5, 1e-7, 1e21, 0.3].map(numberText)).toEqual([
      "3",
      "-1.5",
      "0.0000001",
      "1000000000000000000000",
      "0.3",
    ]);
  });

  it("keeps the value", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberText(value)).not.toContain("e");
        expect(Number(numberText(value)) === value).toBe(true);
      }),
      { examples: [[1.23456789012345e-7], [-9.87654321e-5], [5e-324], [Number.MAX_VALUE], [-0]] },
    );
  });

  it("refuses what is no number", () => {
    expect(() => numberText(Number.NaN)).toThrow("finite");
    expect(() => numberText(Number.POSITIVE_INFINITY)).toThrow("finite");
  });
});

describe("durationText", () => {
  it("takes the largest unit that fits", () => {
    expect([604_800_000, 5_400_000, 3_600_000, 90_000, 1500].map(durationText)).toEqual([
      "7d",
      "90m",
      "1h",
      "90s",
      "1500ms",
    ]);
  });

  it("refuses what Loki cannot look back", () => {
    for (const ms of [0, -1, 0.5, Number.NaN]) expect(() => durationText(ms)).toThrow("at least 1");
  });
});
