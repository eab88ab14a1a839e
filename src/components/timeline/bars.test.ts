import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barAt, barsOf, LEAST_WIDTH, pathOf } from "./bars";
import { rowsOf } from "./lanes";
import { anyItems, testItem } from "./testItems";

const WIDTH = 300;

/** Of sums of floating point numbers, px. */
const ROUNDING = 1e-9;

describe("barsOf", () => {
  it("maps times to px and cuts what leaves the window", () => {
    const [row] = rowsOf([testItem(0, 50), testItem(60, 90), testItem(95, 400)]);
    if (row === undefined) throw new Error("no row");
    expect(barsOf(row, { from: 40, to: 140 }, 100).map(({ x, width }) => [x, width])).toEqual([
      [-8, 18],
      [20, 30],
      [55, 53],
    ]);
  });

  it("merges what shares pixels and keeps that one of it failed", () => {
    const items = Array.from({ length: 1000 }, (_, at) => testItem(at, at + 0.5, { failed: at === 500 }));
    const [row] = rowsOf(items);
    if (row === undefined) throw new Error("no row");
    const bars = barsOf(row, { from: 0, to: 1000 }, 100);
    expect(bars.length).toBeLessThanOrEqual(50);
    expect(bars.filter((bar) => bar.failed)).toHaveLength(1);
  });

  it("shows each item of the window in one bar, in order, with few bars", () => {
    fc.assert(
      fc.property(anyItems, fc.nat(9000), fc.integer({ min: 5, max: 5000 }), (items, from, span) => {
        const window = { from, to: from + span };
        for (const row of rowsOf(items)) {
          const bars = barsOf(row, window, WIDTH);
          const seen = row.items.filter((item) => item.end >= window.from && item.start <= window.to);
          expect(bars.flatMap((bar) => bar.items)).toEqual(seen);
          expect(bars.length).toBeLessThanOrEqual(WIDTH / 2 + 6);
          bars.forEach((bar, at) => {
            expect(bar.width).toBeGreaterThanOrEqual(LEAST_WIDTH - ROUNDING);
            expect(bar.x).toBeGreaterThanOrEqual((bars[at - 1]?.x ?? Number.NEGATIVE_INFINITY) + 2 - ROUNDING);
          });
        }
      }),
    );
  });
});

describe("barAt", () => {
  const bar = (x: number, width: number) => ({ x, width, items: [], failed: false, answered: true });

  it("finds the bar under the pointer, narrow ones from beside too", () => {
    const bars = [bar(10, 2), bar(20, 30)];
    expect(barAt(bars, 25)).toBe(bars[1]);
    expect(barAt(bars, 14)).toBe(bars[0]);
    expect(barAt(bars, 16)).toBeUndefined();
  });

  it("writes all bars as one path", () => {
    expect(pathOf([bar(10, 2), bar(20.25, 30)], 8, 20)).toBe("M10 8h2v20h-2zM20.3 8h30v20h-30z");
  });
});
