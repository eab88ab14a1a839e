import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Annotations, scaleOf } from "./chart";
import { width } from "./width";

describe("scaleOf", () => {
  it("maps times to cells, each stretch at least one", () => {
    const scale = scaleOf(0, 10_000_000, 10);
    expect(scale.cell(0)).toBe(0);
    expect(scale.cell(9_999_999)).toBe(9);
    expect(scale.cell(10_000_000)).toBe(9);
    expect(scale.span(2_000_000, 4_000_000)).toEqual([2, 3]);
    expect(scale.span(5_000_000, 5_000_000)).toEqual([5, 5]);
  });

  it.each([
    [34, "0 s         10 ms       20 ms      34 ms"],
    [41_200, "0 s       10 s     20 s           41.2 s"],
    [3_600_000, "0 s                 30 min           1 h"],
    [0.001, "0 s                                 0 ms"],
  ])("labels round times of %i ms", (ms, axis) => {
    expect(scaleOf(0, ms * 1000, 40).axis()).toBe(axis);
  });

  it("never makes an axis wider than the chart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 30, max: 120 }), (micros, cells) => {
        expect(width(scaleOf(0, micros, cells).axis())).toBe(cells);
      }),
    );
  });
});

describe("Annotations", () => {
  it("puts texts that would touch each other into different rows", () => {
    const notes = new Annotations(20);
    notes.put(0, "! one");
    notes.put(4, "! two");
    notes.put(10, "! three");
    expect(notes.rows()).toEqual(["! one     ! three", "    ! two"]);
  });

  it("turns a text round near the right edge, so that its mark stays at the cell", () => {
    const notes = new Annotations(20);
    notes.put(18, "▲ TOOL_LOOP");
    expect(notes.rows()).toEqual(["        TOOL_LOOP ▲"]);
  });

  it("writes into an outline where there is room, else beside it", () => {
    const wide = new Annotations(30);
    wide.bracket(2, 17, "loop ×4");
    expect(wide.rows()).toEqual(["  ╰── loop ×4 ───╯"]);
    const narrow = new Annotations(30);
    narrow.bracket(2, 5, "loop ×4");
    narrow.bracket(28, 28, "loop ×3");
    expect(narrow.rows()).toEqual(["  ╰──╯ loop ×4      loop ×3 ╵"]);
  });

  it("keeps cells right beside wide characters", () => {
    const notes = new Annotations(20);
    notes.put(0, "! 検索");
    notes.put(8, "! x");
    expect(notes.rows()).toEqual(["! 検索  ! x"]);
  });
});
