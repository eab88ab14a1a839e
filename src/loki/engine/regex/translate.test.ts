import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regexOf } from "./translate";

const WHOLE = { whole: true, dotMatchesNewline: true };
const PART = { whole: false, dotMatchesNewline: false };

describe("regexOf", () => {
  it.each([
    ["a|b", "b", true],
    ["a|b", "ab", false],
    ["(?i)run\\.ok", "RUN.OK", true],
    ["\\Qa.b\\E+", "a.b", true],
    ["(?P<name>x)y\\z", "xy", true],
    ["[[:alpha:]_]+", "ab_", true],
    ["[^[:digit:]]", "5", false],
    ["[[:^digit:]]", "a", true],
    ["\\p{Greek}\\pL", "αz", true],
    ["\\x{1F600}", "😀", true],
    ["\\s", "\u00a0", false],
    ["a{2,3}", "aaa", true],
    ["a{,3}", "a{,3}", true],
    [".", "😀", true],
    [".", "\n", true],
    ["x*?y", "xxy", true],
    ["[]a]", "]", true],
    ["[a-]", "-", true],
    ["", "", true],
  ])("%s on %j", (pattern, text, expected) => {
    expect(regexOf(pattern, WHOLE).test(text)).toBe(expected);
  });

  it("looks anywhere in a line, where a dot is no line end", () => {
    expect(regexOf("b.d", PART).test("a b\nd")).toBe(false);
    expect(regexOf("(?s)b.d", PART).test("a b\nd e")).toBe(true);
    expect(regexOf("(?m)^d$", PART).test("a\nd")).toBe(true);
    expect(regexOf("^d$", PART).test("a\nd")).toBe(false);
  });

  it.each([
    ["a(", "missing closing )"],
    ["a)", "unexpected )"],
    ["*", "missing argument to repetition operator"],
    ["a**", "invalid nested repetition operator"],
    ["(?=a)", "invalid or unsupported Perl syntax: `(?=`"],
    ["\\1", "invalid escape sequence: `\\1`"],
    ["[z-a]", "invalid character class range: `z-a`"],
    ["[a", "missing closing ]"],
    ["a{1001}", "invalid repeat count"],
    ["(a+)+b", "can take exponential time"],
    ["a(?i)b", "cannot ignore case in one part only"],
  ])("refuses %s", (pattern, text) => {
    expect(() => regexOf(pattern, WHOLE)).toThrow(text);
  });

  it("matches escaped text and nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, other) => {
        const regex = regexOf(text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"), WHOLE);
        expect(regex.test(text)).toBe(true);
        expect(regex.test(other)).toBe(text === other);
      }),
    );
  });
});
