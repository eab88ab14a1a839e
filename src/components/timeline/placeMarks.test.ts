import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mark } from "./marks";
import { placeMarks } from "./placeMarks";

const mark = (at: number, label = "rate_limit", kind: Mark["kind"] = "external"): Mark => ({
  kind,
  at,
  label,
  detail: label,
  step_index: 1,
  severity: undefined,
  shadow: false,
});
const window = { from: 0, to: 1000 };

describe("placeMarks", () => {
  it("puts labels that would overlap below each other, and turns them at the right edge", () => {
    expect(
      placeMarks([mark(100), mark(130), mark(500), mark(990)], window, 1000).map(({ row, side }) => [row, side]),
    ).toEqual([
      [0, "right"],
      [1, "right"],
      [0, "right"],
      [0, "left"],
    ]);
  });

  it("draws marks of one place as one and counts them", () => {
    expect(placeMarks([mark(1), mark(2), mark(3)], window, 1000).map(({ label }) => label)).toEqual(["rate_limit ×3"]);
    expect(placeMarks([mark(1), mark(2, "other")], window, 1000).map(({ label }) => label)).toEqual(["rate_limit +1"]);
    expect(placeMarks([mark(1, "A", "signal"), mark(2, "B", "signal")], window, 1000)).toHaveLength(2);
  });

  it("keeps each mark of the window once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500)), (times) => {
        const marks = times.sort((a, b) => a - b).map((at) => mark(at));
        const placed = placeMarks(marks, window, 600).flatMap((one) => one.marks);
        expect(placed).toHaveLength(marks.filter(({ at }) => at * 0.6 <= 601).length);
      }),
    );
  });
});
