import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isWhole,
  LEAST_SPAN,
  panWindow,
  scaleOf,
  type TimeWindow,
  timeAt,
  wholeWindow,
  windowBetween,
  windowShowing,
  zoomPercent,
  zoomWindow,
} from "./window";

const whole = wholeWindow(1000);

describe("zoomWindow", () => {
  it("keeps the time under the pointer where it is", () => {
    const window = zoomWindow(whole, whole, 2, 400);
    expect(scaleOf(window, 100)(400)).toBeCloseTo(scaleOf(whole, 100)(400));
    expect(zoomPercent(window, whole)).toBe(200);
  });

  it("goes no closer than the least span and no wider than the whole", () => {
    let window = whole;
    for (let at = 0; at < 50; at++) window = zoomWindow(window, whole, 2, 500);
    expect(window.to - window.from).toBeCloseTo(LEAST_SPAN);
    for (let at = 0; at < 50; at++) window = zoomWindow(window, whole, 0.5, 500);
    expect(isWhole(window, whole)).toBe(true);
  });
});

describe("windowShowing", () => {
  const window = { from: 200, to: 400 };

  it("stays where the stretch is already seen", () => {
    expect(windowShowing(window, whole, 250, 300)).toBe(window);
  });

  it("moves as little as it takes, and to the beginning of what is too long", () => {
    expect(windowShowing(window, whole, 500, 510)).toEqual({ from: 330, to: 530 });
    expect(windowShowing(window, whole, 100, 110)).toEqual({ from: 80, to: 280 });
    expect(windowShowing(window, whole, 500, 900)).toEqual({ from: 480, to: 680 });
  });
});

describe("every window", () => {
  const move = fc.oneof(
    fc.record({
      kind: fc.constant("zoom" as const),
      by: fc.double({ min: 0.1, max: 10, noNaN: true }),
      at: fc.nat(2000),
    }),
    fc.record({ kind: fc.constant("pan" as const), by: fc.integer({ min: -3000, max: 3000 }), at: fc.nat(1) }),
    fc.record({ kind: fc.constant("between" as const), by: fc.integer({ min: -500, max: 3000 }), at: fc.nat(3000) }),
    fc.record({ kind: fc.constant("show" as const), by: fc.nat(1000), at: fc.nat(1000) }),
  );
  const apply = (window: TimeWindow, { kind, by, at }: { kind: string; by: number; at: number }): TimeWindow => {
    if (kind === "zoom") return zoomWindow(window, whole, by, at);
    if (kind === "pan") return panWindow(window, whole, by);
    if (kind === "between") return windowBetween(by, at, whole);
    return windowShowing(window, whole, Math.min(by, at), Math.max(by, at));
  };

  it("lies in the whole and is no shorter than the least span", () => {
    fc.assert(
      fc.property(fc.array(move), (moves) => {
        const { from, to } = moves.reduce(apply, whole);
        expect(from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(to).toBeLessThanOrEqual(whole.to + 1e-6);
        expect(to - from).toBeGreaterThanOrEqual(LEAST_SPAN - 1e-6);
      }),
    );
  });

  it("maps px to ms and back", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), fc.nat(800), (from, span, x) => {
        const window = { from, to: from + span };
        expect(scaleOf(window, 800)(timeAt(window, 800, x))).toBeCloseTo(x);
      }),
    );
  });
});
