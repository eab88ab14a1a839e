import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selector } from "./compose/selector";
import { parseScope, ScopeError } from "./scope";
import { hostileText } from "./testArbitraries";

describe("parseScope", () => {
  it("reads a selector with or without braces", () => {
    const base = [
      { name: "cluster", op: "=", value: "eu" },
      { name: "namespace", op: "=~", value: "agents-.+" },
    ];
    expect(parseScope('{cluster="eu", namespace=~"agents-.+"}')).toEqual({ base });
    expect(parseScope(' cluster = "eu",namespace=~`agents-.+` ')).toEqual({ base });
  });

  it("takes nothing for no matchers", () => {
    for (const text of ["", "  ", "{}", "{ }"]) expect(parseScope(text)).toEqual({});
  });

  it("reads what selector writes", () => {
    const matcher = fc.record({
      name: fc.constantFrom("cluster", "_x", "A9"),
      op: fc.constantFrom("=" as const, "!=" as const, "=~" as const, "!~" as const),
      value: hostileText().filter((text) => !/\p{Surrogate}/u.test(text)),
    });
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 3 }), (base) => {
        expect(parseScope(selector({}, base))).toEqual({ base });
      }),
    );
  });

  it.each([
    ['{cluster="eu"', "a comma or }"],
    ['{cluster="eu"} |= "x"', "nothing more"],
    ["{cluster=eu}", "a value in double quotes"],
    ['{9="eu"}', "a label name"],
    ['{cluster=="eu"}', "a value"],
    ['{cluster="eu",}', "a label name"],
    ['cluster="eu" x', "a comma"],
    ['{cluster="a\\q"}', "a valid escape"],
    ["{}}", "nothing more"],
    ['{cluster>"eu"}', "=, !="],
  ])("says what is wrong with %s", (text, wanted) => {
    expect(() => parseScope(text)).toThrow(ScopeError);
    expect(() => parseScope(text)).toThrow(wanted);
  });
});
