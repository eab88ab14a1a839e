import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QueryError } from "../errors";
import { matchersOf, parseQuery } from "./index";

describe("parseQuery", () => {
  it.each(["label_format", "line_format", "logfmt", "pattern", "regexp", "unpack", "decolorize", "drop", "keep"])(
    "refuses | %s by name",
    (name) => {
      const argument = {
        label_format: "a=b",
        line_format: '"x"',
        pattern: '"<x>"',
        regexp: '"x"',
        drop: "a",
        keep: "a",
      };
      const query = `{a="x"} | ${name} ${argument[name as keyof typeof argument] ?? ""}`;
      expect(() => parseQuery(query)).toThrow(`the embedded store does not know "${name}"; run this query on a Loki`);
    },
  );

  it.each([
    ["stddev", 'stddev(rate({a="x"}[1m]))'],
    ["approx_topk", 'approx_topk(3, rate({a="x"}[1m]))'],
    ["label_replace", 'label_replace(rate({a="x"}[1m]), "a", "b", "c", "d")'],
    ["on", 'rate({a="x"}[1m]) / on (a) rate({a="x"}[1m])'],
    ["unless", 'rate({a="x"}[1m]) unless rate({a="x"}[1m])'],
    ["stdvar_over_time", 'stdvar_over_time({a="x"} | unwrap n [1m])'],
  ])("refuses %s by name", (name, query) => {
    expect(() => parseQuery(query)).toThrow(`the embedded store does not know "${name}"`);
  });

  it("does not take a label of such a name for an operation", () => {
    expect(() => parseQuery(`{a="x", stddev="y"} | stddev = "z"`)).not.toThrow();
  });

  it.each([
    ["", "parse error : syntax error: unexpected $end"],
    [" ", "parse error at line 1, col 2: syntax error: unexpected $end"],
    ['{a="x"', "parse error at line 1, col 7: syntax error: unexpected $end"],
    ['{a="x"} foo', "parse error at line 1, col 9: syntax error: unexpected IDENTIFIER"],
    ['{a=~".*"}', "parse error : queries require at least one regexp or equality matcher"],
    ['count_over_time({a="x"}[1.5h])', 'parse error at line 1, col 24: not a valid duration string: "1.5h"'],
    ['count_over_time({a="x"}[5m]) by (a)', "parse error : grouping not allowed for count_over_time aggregation"],
    ['count_over_time({a="x"} | unwrap n [5m])', "parse error : invalid aggregation count_over_time with unwrap"],
    ['sum_over_time({a="x"}[5m])', "parse error : invalid aggregation sum_over_time without unwrap"],
    ['{a=~"a("}', "parse error : error parsing regexp: missing closing ): `a(`"],
  ])("refuses %s as Loki does", (query, text) => {
    expect(() => parseQuery(query)).toThrow(text);
  });

  it("reads windows and offsets behind any pipeline", () => {
    expect(parseQuery('max_over_time({a="x"} | json | unwrap n | n > 1 [1h30m] offset -5m)')).toMatchObject({
      window: 5_400_000_000_000n,
      offset: -300_000_000_000n,
    });
  });

  it("only ever throws a QueryError", () => {
    const words = [
      '{a="x"}',
      "| json",
      "[5m]",
      "offset 1h",
      "sum",
      "by (a)",
      "(",
      ")",
      "count_over_time",
      "1",
      "+",
      ">",
      '"',
      "`",
      "{",
      "|=",
      "or",
      "unwrap n",
      "\\",
      "[",
      "topk(2,",
      "é",
    ];
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          parseQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("reads back every quoted text of a matcher", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (value) => {
        const [matcher] = matchersOf(`{a=${goQuoted(value)}}`);
        expect(matcher?.value).toBe(value);
      }),
    );
  });
});

function goQuoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/[^\x20-\x7e]/gu, (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`)}"`;
}

describe("matchersOf", () => {
  it("reads a selector and nothing else", () => {
    expect(matchersOf(`{a="x", b!~"y|z"}`)).toEqual([
      { name: "a", op: "=", value: "x" },
      { name: "b", op: "!~", value: "y|z" },
    ]);
    expect(matchersOf("{}")).toEqual([]);
    expect(() => matchersOf(`{a="x"} |= "y"`)).toThrow("only label matchers are supported");
  });
});
