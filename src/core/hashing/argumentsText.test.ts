import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsText } from "./argumentsText";
import { hashText } from "./hash";

describe("argumentsText", () => {
  it.each<[string, unknown, string | undefined]>([
    ["no arguments", undefined, undefined],
    ["null", null, undefined],
    ["the empty text", "", undefined],
    ["no parameters", {}, "{}"],
    ["an object", { b: 1, a: [2] }, '{"a":[2],"b":1}'],
    ["text that holds an object", ' \n{ "b": 1.0, "a": [2] }\t', '{"a":[2],"b":1}'],
    ["text that holds an array", "[ 1, 2 ]", "[1,2]"],
    ["text that was encoded twice", '"{\\"b\\": 1, \\"a\\": 2}"', '{"a":2,"b":1}'],
    ["text", "flights to SFO", "flights to SFO"],
    ["text that holds a number", " 12 ", " 12 "],
    ["text that holds null", "null", "null"],
    ["text that holds text", '"flights"', '"flights"'],
    ["text that only looks like JSON", "{'a': 1}", "{'a': 1}"],
    ["white space", "  ", "  "],
    ["a number", 5, "5"],
    ["a function", () => 1, undefined],
  ])("of %s", (_, args, text) => {
    expect(argumentsText(args)).toBe(text);
  });

  it("is the same for a value, its text, and the text of its text", () => {
    const structure = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(structure, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
        const text = argumentsText(value);
        expect(argumentsText(JSON.stringify(value, null, indent))).toBe(text);
        expect(argumentsText(JSON.stringify(JSON.stringify(value, null, indent)))).toBe(text);
        expect(argumentsText(text)).toBe(text);
      }),
    );
  });
});

describe("hashText", () => {
  const hash = (text: string): string => `#${text}`;
  it("has no hash of nothing", () => {
    expect(hashText(undefined, hash)).toBeUndefined();
    expect(hashText("", hash)).toBeUndefined();
    expect(hashText(" ", hash)).toBe("# ");
  });
});
