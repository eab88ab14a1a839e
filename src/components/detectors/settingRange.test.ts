import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../core/detectors";
import { isValid } from "./changes";
import { neighbours, rangeOf } from "./settingRange";

describe("neighbours", () => {
  it("are consecutive for small counts", () => {
    expect(neighbours(rangeOf("threshold", 3), 3, 4)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(neighbours(rangeOf("threshold", 1), 1, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12]);
  });

  it("are round for large limits, factors and shares", () => {
    expect(neighbours(rangeOf("tool_ms", 15_000), 15_000, 15_000)).toEqual([
      3000, 7000, 11_000, 15_000, 19_000, 23_000, 27_000, 31_000,
    ]);
    expect(neighbours(rangeOf("inflation_factor", 2), 2, 2.5)).toEqual([1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
    expect(neighbours(rangeOf("share", 0.3), 0.3, 0.3)).toEqual([0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]);
    expect(neighbours(rangeOf("max_cost_usd", 1), 1, 1)[0]).toBeGreaterThan(0);
  });

  it("hold the value in use and the one tried, in order, and nothing that a detectors.yml could not", () => {
    const settings = DETECTORS.flatMap((detector) =>
      Object.entries(detector.defaults).flatMap(([name, value]) =>
        value === undefined ? [] : [{ detector, name, value }],
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...settings),
        fc.double({ min: 0.01, max: 1e7, noNaN: true }),
        ({ detector, name, value }, factor) => {
          for (const inUse of [value, factor]) {
            const range = rangeOf(name, inUse);
            const values = neighbours(range, inUse, factor);
            expect(values).toContain(inUse);
            expect(values).toContain(factor);
            expect([...values].sort((a, b) => a - b)).toEqual(values);
            expect(values.length).toBeLessThanOrEqual(10);
            for (const one of values) expect(isValid(detector, name, one), `${name} ${one}`).toBe(true);
          }
        },
      ),
    );
  });
});
