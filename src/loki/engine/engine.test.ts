import { describe, expect, it } from "vitest";
import type { Labels, Matcher } from "../../logql/api";
import type { Entry, EntryRange, EntrySource, StreamEntries } from "../entries";
import { Engine } from "./engine";
import { textMatcher } from "./regex/matcher";

const SECOND = 1_000_000_000n;
const T = 1_000_000n * SECOND;

class Fixed implements EntrySource {
  constructor(private readonly streams: readonly { labels: Labels; entries: readonly Entry[] }[]) {}

  select(matchers: readonly Matcher[], { start, end, direction }: EntryRange): readonly StreamEntries[] {
    return this.streams
      .filter(({ labels }) => matchers.every((matcher) => textMatcher(matcher)(labels[matcher.name] ?? "")))
      .map(({ labels, entries }) => {
        const inRange = entries.filter(({ ts }) => ts >= start && ts < end);
        return { labels, entries: direction === "forward" ? inRange : inRange.reverse() };
      })
      .filter(({ entries }) => entries.length > 0);
  }
}

function engineOf(...lines: string[]): Engine {
  return new Engine(
    new Fixed([
      { labels: { a: "x" }, entries: lines.map((line, index) => ({ ts: T + BigInt(index) * SECOND, line })) },
    ]),
  );
}

const ALL = { start: T, end: T + 1000n * SECOND, limit: 100, direction: "forward" } as const;

function instant(engine: Engine, query: string, time = T + 100n * SECOND): unknown {
  const result = engine.instant(query, { time });
  return result.kind === "scalar" ? result.value : result.samples.map(({ labels, value }) => [labels, value]);
}

function lines(engine: Engine, query: string): string[] {
  return engine.logs(query, ALL).lines.map(({ line }) => line);
}

describe("Windows", () => {
  const engine = engineOf("1", "2", "3", "4");

  it("hold their end and not their start", () => {
    expect(instant(engine, `count_over_time({a="x"}[2s])`, T + 3n * SECOND)).toEqual([[{ a: "x" }, 2]]);
    expect(instant(engine, `count_over_time({a="x"}[2s] offset 1s)`, T + 3n * SECOND)).toEqual([[{ a: "x" }, 2]]);
    expect(instant(engine, `count_over_time({a="x"}[1s] offset 1h)`, T + 3n * SECOND)).toEqual([]);
  });

  it("of a range query begin at a multiple of the step", () => {
    const { series } = engine.range(`count_over_time({a="x"}[2s])`, {
      start: T + SECOND / 2n,
      end: T + 3n * SECOND,
      stepMs: 1000,
    });
    expect(series[0]?.points.map(({ value }) => value)).toEqual([1, 2, 2, 2]);
    expect(series[0]?.points[0]?.timeMs).toBe(1_000_000_000);
  });
});

describe("Amounts on empty values", () => {
  const engine = engineOf(`{"n":5}`, `{"m":1}`, `{"n":1}`);

  it("keep the line with an error, which fails a metric", () => {
    expect(lines(engine, `{a="x"} | json n="n" | n > 3`)).toEqual([`{"n":5}`, `{"m":1}`]);
    expect(engine.logs(`{a="x"} | json n="n" | n > 3`, ALL).lines[1]?.parsed).toEqual({
      n: "",
      __error__: "LabelFilterErr",
      __error_details__: `strconv.ParseFloat: parsing "": invalid syntax`,
    });
    expect(() => instant(engine, `count_over_time({a="x"} | json n="n" | n > 3 [1h])`)).toThrow(
      /pipeline error: 'LabelFilterErr' for series: '\{__error__="LabelFilterErr"/,
    );
  });

  it("do no harm behind a guard", () => {
    expect(instant(engine, `sum(count_over_time({a="x"} | json n="n" | n != "" | n > 3 [1h]))`)).toEqual([[{}, 1]]);
  });

  it("are skipped by the left side of or, not by that of and", () => {
    expect(lines(engine, `{a="x"} | json n="n" | n = "" or n > 3 | __error__=""`)).toEqual([`{"n":5}`, `{"m":1}`]);
    expect(engine.logs(`{a="x"} | json n="n" | (n != "" and n > 3) or n = ""`, ALL).lines[1]?.parsed).toMatchObject({
      __error__: "LabelFilterErr",
    });
  });
});

describe("Broken lines", () => {
  const engine = engineOf(`{"k":"v"}`, `{"k":brok`);

  it("fail a metric only where their fields are looked at", () => {
    expect(instant(engine, `sum(count_over_time({a="x"} | json k="k" [1h]))`)).toEqual([[{}, 2]]);
    expect(() => instant(engine, `sum by (k) (count_over_time({a="x"} | json k="k" [1h]))`)).toThrow(/JSONParserErr/);
    expect(instant(engine, `sum by (k) (count_over_time({a="x"} | json k="k" | __error__="" [1h]))`)).toEqual([
      [{ k: "v" }, 1],
    ]);
  });
});

describe("Limits", () => {
  const many = engineOf(...Array.from({ length: 501 }, (_, index) => `{"r":"r${index}"}`));
  const time = T + 900n * SECOND;

  it.each([
    `sum by (r) (count_over_time({a="x"} | json r="r" [30m]))`,
    `sum by (r) (count_over_time({a="x"} | json r="r" [30m])) >= 2`,
    `count(sum by (r) (count_over_time({a="x"} | json r="r" [30m])))`,
    `topk(5, sum by (r) (count_over_time({a="x"} | json r="r" [30m])))`,
  ])("count series before comparisons: %s", (query) => {
    expect(() => many.instant(query, { time })).toThrow(/maximum number of series \(500\) reached/);
  });

  it("leave a count over last_over_time alone", () => {
    const query = `count(last_over_time({a="x"} | json r="r" | unwrap __line__ [30m]) by (r))`;
    expect(() => many.instant(query, { time })).not.toThrow();
  });

  it.each([
    [5001, "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)"],
    [0, "limit must be a positive value"],
    [-1, "limit must be a positive value"],
  ])("refuse %d entries", (limit, text) => {
    expect(() => many.logs(`{a="x"}`, { ...ALL, limit })).toThrow(text);
  });

  it("refuse 11,001 points, a step of nothing and a long time", () => {
    const query = `count_over_time({a="x"}[1s])`;
    const range = { start: T, end: T + 11_001n * SECOND };
    expect(() => many.range(query, { ...range, stepMs: 1000 })).toThrow(/exceeded maximum resolution of 11,000 points/);
    expect(() => many.range(query, { ...range, stepMs: 0 })).toThrow(/zero or negative query resolution/);
    const long = { start: T, end: T + 750n * 3600n * SECOND };
    expect(() => many.range(query, { ...long, stepMs: 3_600_000 })).toThrow(
      "the query time range exceeds the limit (query length: 750h0m0s, limit: 30d1h)",
    );
    const most = 721n * 3600n * SECOND;
    expect(() => many.range(query, { start: T, end: T + most + 999_999n, stepMs: 3_600_000 })).not.toThrow();
    expect(() => many.range(query, { start: T - 1n, end: T + most, stepMs: 3_600_000 })).toThrow(
      "length: 721h0m0.001s",
    );
  });
});

describe("Numbers", () => {
  it.each([
    ["vector(1)+vector(1)", [[{}, 2]]],
    ["1 + 2 * 3 ^ 2 - 4 / 2", 17],
    ["2 ^ 3 ^ 2", 512],
    ["10 - 3 - 2", 5],
    ["1 / 0", Number.NaN],
    ["3 > bool 2", 1],
    ["vector(5) > 3", [[{}, 5]]],
    ["vector(5) > 30", []],
    ["3 < bool vector(5)", [[{}, 1]]],
  ])("%s", (query, expected) => {
    expect(instant(engineOf(), query)).toEqual(expected);
  });
});
