import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ticksOf } from "./ticks";

const labels = (from: number, to: number, width = 1000): string[] =>
  ticksOf({ from, to }, width).map(({ label }) => label);

describe("ticksOf", () => {
  it("stands at round times in a readable unit", () => {
    expect(labels(0, 41_200)).toEqual(["0 s", "5 s", "10 s", "15 s", "20 s", "25 s", "30 s", "35 s", "40 s"]);
    expect(labels(0, 4400, 500)).toEqual(["0 s", "1 s", "2 s", "3 s", "4 s"]);
    expect(labels(1200, 1320, 600)).toEqual(["1.20 s", "1.22 s", "1.24 s", "1.26 s", "1.28 s", "1.30 s", "1.32 s"]);
    expect(labels(0, 50, 500)).toEqual(["0 s", "10 ms", "20 ms", "30 ms", "40 ms", "50 ms"]);
    expect(labels(0, 7_200_000, 500)).toEqual(["0 s", "30 min", "1 h", "1 h 30 min", "2 h"]);
  });

  it("has room for each label, in every window, and none outside", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        fc.double({ min: 5, max: 1e9, noNaN: true }),
        fc.integer({ min: 100, max: 2560 }),
        (from, span, width) => {
          const ticks = ticksOf({ from, to: from + span }, width);
          expect(ticks.length).toBeLessThanOrEqual(Math.floor(width / 90) + 1);
          for (const { at } of ticks) {
            expect(at).toBeGreaterThanOrEqual(from - 1e-3);
            expect(at).toBeLessThanOrEqual(from + span + 1e-3);
          }
        },
      ),
    );
  });
});
