import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonicalJson";

/** RFC 8785 the short way, for values JSON knows. */
function reference(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reference).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${reference(item)}`).join(",")}}`;
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

const throwing = (): never => {
  throw new Error("no access");
};

describe("canonicalJson on JSON values", () => {
  it("writes the example of RFC 8785 3.2.2", () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(canonicalJson(JSON.parse(text))).toBe(expected);
  });

  it("sorts keys by UTF-16 code unit, as in RFC 8785 3.2.3", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const text = canonicalJson(Object.fromEntries(keys.map((key, at) => [key, at])));
    const order = Object.values(JSON.parse(text ?? "")).map((at) => keys[Number(at)]);
    // Parsing puts the integer key first.
    expect(order).toEqual(["1", "\r", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
    expect(text?.startsWith('{"\\r":1,"1":3,')).toBe(true);
  });

  it.each([
    [0, "0"],
    [-0, "0"],
    [5e-324, "5e-324"],
    [-1.7976931348623157e308, "-1.7976931348623157e+308"],
    [9007199254740992, "9007199254740992"],
    [295147905179352830000, "295147905179352830000"],
    [9.999999999999997e22, "9.999999999999997e+22"],
    [1e23, "1e+23"],
    [0.000001, "0.000001"],
    [333333333.33333325, "333333333.33333325"],
  ])("writes the number %d of RFC 8785 appendix B as %s", (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it("agrees with the definition, whatever the order of the keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value);
        expect(text).toBe(reference(value));
        expect(canonicalJson(shuffled(value))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("sorts objects with many keys", () => {
    const keys = Array.from({ length: 300 }, (_, at) => `key ${(at * 7919) % 300}`);
    const value = Object.fromEntries(keys.map((key) => [key, key]));
    expect(canonicalJson(value)).toBe(reference(value));
  });

  it("keeps a key named __proto__", () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });

  it("repeats what is shared without being a cycle", () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});

describe("canonicalJson on other values", () => {
  class Query {
    constructor(
      readonly text: string,
      readonly limit: number,
    ) {}
  }
  class Handle {
    readonly #secret = 1;
    reveal(): number {
      return this.#secret;
    }
  }

  it.each<[string, unknown, string | undefined]>([
    ["undefined", undefined, undefined],
    ["a function", throwing, undefined],
    ["a symbol", Symbol("s"), undefined],
    ["an instance that shows nothing", new Handle(), undefined],
    ["undefined and functions in objects", { a: undefined, b: throwing, c: 1 }, '{"c":1}'],
    ["undefined and functions in lists", [undefined, throwing, 1], "[null,null,1]"],
    ["holes", Object.assign(new Array(3), { 0: 1, 2: 2 }), "[1,null,2]"],
    ["numbers JSON lacks", [Number.NaN, Number.POSITIVE_INFINITY], "[null,null]"],
    ["BigInt", { id: 12345678901234567890n }, '{"id":12345678901234567890}'],
    ["dates", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["invalid dates", new Date(Number.NaN), "null"],
    ["toJSON with its key", { a: { toJSON: (key: string) => `<${key}>` } }, '{"a":"<a>"}'],
    ["toJSON that returns nothing", { a: { toJSON: () => undefined }, b: 1 }, '{"b":1}'],
    ["boxed values", [Object("a"), Object(1), Object(false)], '["a",1,false]'],
    ["class instances", new Query("flights", 5), '{"limit":5,"text":"flights"}'],
    ["instances that show nothing, inside", [new Handle()], '["[Handle]"]'],
    ["objects without prototype", Object.assign(Object.create(null), { b: 1, a: 2 }), '{"a":2,"b":1}'],
    ["maps", new Map([["b", 1], ["a", 2]]), '{"a":2,"b":1}'], // biome-ignore format: one case a line
    ["maps with other keys", new Map<unknown, unknown>([[2, "b"], [1, "a"]]), '[[1,"a"],[2,"b"]]'], // biome-ignore format: one case a line
    ["sets", new Set(["b", "a"]), '["a","b"]'],
    ["errors", new TypeError("bad"), '{"message":"bad","name":"TypeError"}'],
    ["regular expressions", { pattern: /a+/g }, '{"pattern":"/a+/g"}'],
    ["objects of another realm", runInNewContext("({ b: {}, a: [1] })"), '{"a":[1],"b":{}}'],
    ["an empty object of another realm", runInNewContext("({})"), "{}"],
    ["unpaired surrogates", "a\ud800b", '"a\\ud800b"'],
  ])("writes %s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("tells bytes apart by their content, kind for kind", () => {
    const text = canonicalJson({ image: new Uint8Array([1, 2, 3]) });
    expect(text).toMatch(/^\{"image":"\[3 bytes [0-9a-f]{16}\]"\}$/);
    expect(canonicalJson({ image: Buffer.from([1, 2, 3]) })).toBe(text);
    expect(canonicalJson({ image: new Uint8Array([9, 1, 2, 3]).subarray(1) })).toBe(text);
    expect(canonicalJson({ image: new Uint8Array([1, 2, 3]).buffer })).toBe(text);
    for (const other of [[1, 2, 4], [3, 2, 1], [1, 2, 3, 0], []]) {
      expect(canonicalJson({ image: new Uint8Array(other) })).not.toBe(text);
    }
  });

  it("marks cycles, each path once", () => {
    const node: Record<string, unknown> = { name: "a" };
    node.self = node;
    node.list = [node];
    expect(canonicalJson(node)).toBe('{"list":["[circular]"],"name":"a","self":"[circular]"}');
  });

  it("marks what throws and writes the rest", () => {
    const value = {
      a: 1,
      get b(): number {
        return throwing();
      },
      c: { toJSON: throwing },
      d: new Proxy({}, { ownKeys: throwing }),
    };
    expect(canonicalJson(value)).toBe('{"a":1,"b":"[unreadable]","c":"[unreadable]","d":"[unreadable]"}');
  });

  it("has no text for an object that cannot be read at all", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(canonicalJson(proxy)).toBeUndefined();
    expect(canonicalJson({ toJSON: throwing })).toBeUndefined();
  });

  it("cuts what is nested too deeply, but not JSON as it occurs", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(canonicalJson(JSON.parse(nested(400)))).toBe(nested(400));
    const text = canonicalJson(JSON.parse(nested(3000)));
    expect(text).toContain('"[cut]"');
    expect(text?.length).toBeLessThan(2000);
  });

  it("cuts graphs with exponentially many paths", () => {
    let value: unknown = { leaf: true };
    for (let depth = 0; depth < 100; depth++) value = { left: value, right: value };
    const text = canonicalJson(value);
    expect(text).toContain("[cut]");
    expect(text?.length).toBeLessThan(50_000_000);
    expect(() => JSON.parse(text ?? "")).not.toThrow();
  });

  it("cuts lists and objects with too many members into valid JSON", () => {
    expect(JSON.parse(canonicalJson(new Array(300_000).fill(0)) ?? "")).toHaveLength(250_001);
    const wide = canonicalJson({
      inner: Object.fromEntries(Array.from({ length: 260_000 }, (_, at) => [`k${at}`, 0])),
    });
    expect(() => JSON.parse(wide ?? "")).not.toThrow();
    expect(wide).toContain("[cut]");
  });

  it("never throws and is stable on anything", () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true, withBoxedValues: true, withObjectString: true }); // biome-ignore format: a list of switches
    fc.assert(
      fc.property(anything, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(value)).toBe(text);
        if (text !== undefined) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
