import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHidden, visibleSpan } from "./hidden";
import { endsOf, parseStatuses } from "./status";
import { parseTicks, ticksParam, withTick } from "./ticks";

describe("states of the address", () => {
  it("are read where they are known", () => {
    expect(parseStatuses("errored,nonsense")).toEqual(["errored"]);
    expect(parseStatuses("nonsense")).toBeUndefined();
    expect(parseStatuses(undefined)).toBeUndefined();
  });

  it("are terminal events unless open runs are asked for", () => {
    expect(endsOf(["errored", "completed"])).toEqual(["run.errored", "run.completed"]);
    expect(endsOf(["errored", "running"])).toBeUndefined();
    expect(endsOf(undefined)).toBeUndefined();
  });
});

describe("ticked runs of the address", () => {
  it("are read as they were written, whatever their ids", () => {
    const ticked = fc.record({ run_id: fc.string({ minLength: 1 }), at: fc.nat() });
    fc.assert(
      fc.property(fc.uniqueArray(ticked, { maxLength: 2, selector: ({ run_id }) => run_id }), (runs) => {
        expect(parseTicks(ticksParam(runs))).toEqual(runs);
      }),
    );
  });

  it("pass over what is no run", () => {
    expect(parseTicks("x,12:,:a,12:a")).toEqual([{ run_id: "a", at: 12 }]);
  });

  it("are two at most: a third one takes the place of the first", () => {
    const run = (run_id: string) => ({ run_id, at: 1 });
    const two = withTick(withTick([], run("a"), true), run("b"), true);
    expect(withTick(two, run("c"), true)).toEqual([run("b"), run("c")]);
    expect(withTick(two, run("a"), false)).toEqual([run("b")]);
    expect(withTick(two, run("b"), true)).toEqual(two);
  });
});

describe("hide before now", () => {
  it("reads a time and nothing else", () => {
    expect(parseHidden("1700000000000")).toBe(1_700_000_000_000);
    for (const text of [undefined, "", "now", "-1", "1e9", "9".repeat(17)]) expect(parseHidden(text)).toBeUndefined();
  });

  it("cuts the time off", () => {
    expect(visibleSpan({ from: 10, to: 20 }, undefined)).toEqual({ from: 10, to: 20 });
    expect(visibleSpan({ from: 10, to: 20 }, 5)).toEqual({ from: 10, to: 20 });
    expect(visibleSpan({ from: 10, to: 20 }, 15)).toEqual({ from: 15, to: 20 });
    expect(visibleSpan({ from: 10, to: 20 }, 25)).toEqual({ from: 19, to: 20 });
  });
});
