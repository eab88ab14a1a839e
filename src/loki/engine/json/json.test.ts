import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachField, labelBelow } from "./flatten";
import { PathFinder } from "./paths";
import { isBroken } from "./scan";
import { labelText } from "./unescape";

function find(line: string, ...paths: (readonly string[])[]): Record<number, string> {
  const found: Record<number, string> = {};
  new PathFinder(paths, (path, value) => {
    found[path] = isBroken(value) ? `! ${value.problem}` : value.text;
  }).find(line);
  return found;
}

describe("PathFinder", () => {
  it.each([
    ["the first of equal keys", `{"k":"a","k":"b"}`, ["k"], { 0: "a" }],
    ["nested", `{"a":{"b":{"c":1}},"c":2}`, ["a", "b", "c"], { 0: "1" }],
    ["not deeper", `{"a":{"k":1},"k":2}`, ["k"], { 0: "2" }],
    ["an item", `{"t":["x",["y"],{"z":true}]}`, ["t", "[2]", "z"], { 0: "true" }],
    ["an item of an item", `{"t":["x",["y"]]}`, ["t", "[1]", "[0]"], { 0: "y" }],
    ["behind a trailing text", `{"k":1} text`, ["k"], { 0: "1" }],
    ["in a cut line", `{"k":1,"x":{"y`, ["k"], { 0: "1" }],
    ["an unknown value", `{"k":brok}`, ["k"], { 0: "! Unknown value type" }],
    ["in an array", `[{"k":1}]`, ["k"], {}],
    ["an escaped key", `{"a\\"b":1}`, ['a"b'], { 0: "1" }],
    ["with a space around the colon", `{ "k" : 5 }`, ["k"], { 0: "5" }],
  ])("%s", (_, line, path, expected) => {
    expect(find(line, path)).toEqual(expected);
  });

  it("agrees with JSON.parse on what JSON.stringify writes", () => {
    const key = fc.constantFrom("a", "b", "c", 'q"', "é");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { maxKeys: 4 }),
        fc.array(key, { minLength: 1, maxLength: 3 }),
        (object, path) => {
          const expected = path.reduce<unknown>(
            (at, name) =>
              typeof at === "object" && at !== null && !Array.isArray(at) ? Reflect.get(at, name) : undefined,
            object,
          );
          const found = find(JSON.stringify(object), path)[0];
          if (expected === undefined) expect(found).toBeUndefined();
          else if (typeof expected === "string") expect(labelText(found ?? "")).toBe(expected);
          else expect(found).toBe(JSON.stringify(expected));
        },
      ),
    );
  });
});

describe("eachField", () => {
  function fields(line: string): { fields: Record<string, string>; end: unknown } {
    const found: Record<string, string> = {};
    const end = eachField(line, {
      enter: () => true,
      field: (label, value) => {
        found[label] ??= value.text;
        return true;
      },
    });
    return { fields: found, end };
  }

  it("flattens objects and leaves arrays and nulls out", () => {
    expect(fields(` {"a":{"b":{"c":1}},"t":[1],"z":null,"s":"x","b":true} rest`)).toEqual({
      fields: { a_b_c: "1", s: "x", b: "true" },
      end: undefined,
    });
  });

  it.each([
    [`{"a":1,"b":`, { a: "1" }, "Malformed JSON error"],
    [`["a"]`, {}, "Value looks like object, but can't find closing '}' symbol"],
    [`{"a":1,b:2}`, { a: "1" }, "Value looks like object, but can't find closing '}' symbol"],
  ])("reads %s as far as it goes", (line, expected, problem) => {
    expect(fields(line)).toEqual({ fields: expected, end: { problem } });
  });

  it.each([
    [["a.b", "c d"], "a_b_c_d"],
    [["1x"], "_1x"],
    [["a", "1"], "a_1"],
    [["", "x"], "x"],
    [["é"], "_"],
  ])("names %j", (keys, label) => {
    expect(keys.reduce(labelBelow, "")).toBe(label);
  });
});

describe("labelText", () => {
  it.each([
    ["a\\n\\u00e9\\ud83d\\ude00", "a\né😀"],
    ["\\ud800", ""],
    ["\\q", ""],
    ["\\u0041\\u0042", "AB"],
    ["\ufffd", " "],
  ])("%s", (text, expected) => {
    expect(labelText(text)).toBe(expected);
  });
});
