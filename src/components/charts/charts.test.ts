import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barStep, countTicks, tickFormat, timeTicks, wholeBars } from "./barSteps";
import { barsOf, severitiesIn, valuesOf } from "./bars";
import { placeMarkers } from "./markerPlaces";
import { sparklinePoints } from "./sparklinePoints";

const HOUR = 3_600_000;
const span = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 41 }), fc.integer({ min: 1, max: 2 ** 36 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe("barStep", () => {
  it.each([
    [24 * HOUR, 900, 30 * 60_000],
    [24 * HOUR, 360, HOUR],
    [HOUR, 900, 60_000],
    [5 * 60_000, 900, 5000],
    [7 * 24 * HOUR, 900, 3 * HOUR],
    [30 * 24 * HOUR, 900, 12 * HOUR],
  ])("cuts %i ms on %i px into bars of %i ms", (length, width, step) => {
    expect(barStep({ from: 0, to: length }, width)).toBe(step);
  });

  it("never makes more bars than can be told apart", () => {
    fc.assert(
      fc.property(span, fc.integer({ min: 0, max: 4000 }), fc.integer({ min: -12, max: 14 }), (range, width, hours) => {
        const step = barStep(range, width);
        const whole = wholeBars(range, step, hours * HOUR);
        expect((whole.to - whole.from) / step).toBeLessThanOrEqual(122);
        expect(whole.from).toBeLessThanOrEqual(range.from);
        expect(whole.to).toBeGreaterThanOrEqual(range.to);
        expect(Math.abs((whole.from + hours * HOUR) % step)).toBe(0);
      }),
    );
  });
});

describe("ticks", () => {
  it("stand at round local times", () => {
    expect(timeTicks({ from: 0.5 * HOUR, to: 24.5 * HOUR }, 4).map((at) => at / HOUR)).toEqual([6, 12, 18, 24]);
    expect(timeTicks({ from: 0, to: 24 * HOUR }, 4, 2 * HOUR).map((at) => at / HOUR)).toEqual([4, 10, 16, 22]);
    expect(tickFormat({ from: 0, to: 24 * HOUR })).toBe("HH:mm");
    expect(tickFormat({ from: 0, to: 7 * 24 * HOUR })).toBe("ddd HH:mm");
  });

  it("count in whole numbers up to the top", () => {
    expect(countTicks(0)).toEqual([0, 1]);
    expect(countTicks(3)).toEqual([0, 1, 2, 3]);
    expect(countTicks(11)).toEqual([0, 5, 10, 15]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (top) => {
        const ticks = countTicks(top);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(top);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

describe("barsOf", () => {
  const points = (...values: readonly [number, number][]) => values.map(([time, value]) => ({ time, value }));

  it("puts each point into the bar that ends with it", () => {
    const bars = barsOf(
      [
        { severity: "HIGH", points: points([0, 9], [10, 1], [30, 2]) },
        { severity: "MEDIUM", points: points([30, 3], [40, 9]) },
        { points: points([10, 9]) },
      ],
      { from: 0, to: 30_000 },
      10_000,
    );
    expect(bars.map(({ total }) => total)).toEqual([1, 0, 5]);
    expect(bars[2]).toMatchObject({ from: 20_000, to: 30_000, counts: { HIGH: 2, MEDIUM: 3, LOW: 0, CRITICAL: 0 } });
    expect(severitiesIn(bars)).toEqual(["HIGH", "MEDIUM"]);
  });

  it("gives the values of one series with 0 for gaps", () => {
    expect(valuesOf(points([10, 1], [30, 2]), { from: 0, to: 30_000 }, 10_000)).toEqual([1, 0, 2]);
  });
});

describe("placeMarkers", () => {
  const together = (count: number): string => `${count} deploys`;
  const at = (time: number, label = "bot 3f2a91bc") => ({ at: time, label });

  it("makes one line of what lies close together and leaves out what has no room", () => {
    const places = placeMarkers(
      [at(502), at(100), at(500), at(560), at(600), at(2000)],
      { from: 0, to: 1000 },
      1000,
      together,
    );
    expect(places.map(({ x, text }) => [x, text])).toEqual([
      [100, "bot 3f2a91bc"],
      [500, "2 deploys"],
      [560, undefined],
      [600, "bot 3f2a91bc"],
    ]);
  });

  it("writes to the left where the right has no room, and cuts long names", () => {
    const [place] = placeMarkers([at(990, "x".repeat(500))], { from: 0, to: 1000 }, 1000, together);
    expect(place).toMatchObject({ side: "left", text: `${"x".repeat(31)}…` });
  });
});

describe("sparklinePoints", () => {
  it("draws from the bottom line to the top", () => {
    expect(sparklinePoints([0, 5, 10], 100, 20)).toBe("0,20 50,10 100,0");
    expect(sparklinePoints([0, Number.NaN, 10], 100, 20)).toBe("0,20 100,0");
    expect(sparklinePoints([7], 100, 20)).toBe("0,10 100,10");
    expect(sparklinePoints([], 100, 20)).toBe("");
    expect(sparklinePoints([0, 0], 100, 20)).toBe("0,20 100,20");
  });
});
