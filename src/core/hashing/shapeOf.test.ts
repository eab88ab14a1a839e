import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapeOf } from "./shapeOf";

describe("shapeOf", () => {
  it.each<[shape: string, args: unknown]>([
    [
      "query=str(24), top_k=int, filters=dict(3)",
      { query: "flights to San Francisco", top_k: 5, filters: { a: 1, b: 2, c: 3 } },
    ],
    [
      "a=float, b=bool, c=null, d=list(2), e=dict(0), f=list(0), g=str(0)",
      { a: 1.5, b: true, c: null, d: [1, 2], e: {}, f: [], g: "" },
    ],
    ["a=float, b=int, d=int", { a: Number.NaN, b: 10n, c: undefined, d: -0, e: () => 1 }],
    ["at=str(24), set=list(1), map=dict(1)", { at: new Date(0), set: new Set([1]), map: new Map([["k", 1]]) }],
    ["query=str(3), top_k=int", '{"query": "abc", "top_k": 5}'],
    ["größe=int, db.host=str(1), max-results=int", { größe: 1, "db.host": "x", "max-results": 2 }],
    ["list(3)", [1, 2, 3]],
    ["list(2)", "[1, 2]"],
    ["str(10)", "plain text"],
    ["dict(0)", {}],
    ["dict(0)", { a: undefined }],
    ["null", undefined],
    ["null", null],
    ["int", 7],
  ])("%s", (shape, args) => {
    expect(shapeOf(args)).toBe(shape);
  });

  it("shows no name that may be content", () => {
    expect(shapeOf({ "jane@example.com": 1, "4111 1111": 2, "a, b=c": 3, [`k${"x".repeat(64)}`]: 4 })).toBe(
      "?=int, ?=int, ?=int, ?=int",
    );
  });

  it("shows ? for what cannot be read", () => {
    const value = {
      get a(): number {
        throw new Error("no access");
      },
      b: 1,
    };
    expect(shapeOf(value)).toBe("a=?, b=int");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(shapeOf(proxy)).toBe("?");
    expect(shapeOf({ proxy })).toBe("proxy=?");
  });

  it("is bounded and ends with the mark of what is left out", () => {
    const shape = shapeOf(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`parameter_${at}`, "x"])));
    expect(shape.length).toBeLessThanOrEqual(256);
    expect(shape).toMatch(/^parameter_0=str\(1\), .*parameter_\d+=str\(1\), …$/);
  });

  it("never holds a value", () => {
    const secret = "sk-canary-9f2";
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("a", "b"), (noise, key) => {
        const shape = shapeOf({ noise, [key]: secret, list: [secret], dict: { [secret]: secret } });
        expect(shape).not.toContain(secret);
      }),
    );
  });
});
