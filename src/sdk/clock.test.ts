import { describe, expect, it } from "vitest";
import { guardedClock, reserveTs, systemClock } from "./clock";

const WALL = 1_795_168_800_000;

/** A machine whose two clocks are set by hand, ms. */
function machine() {
  const at = { wall: WALL, monotonic: 5000.25 };
  const clock = systemClock({ wall: () => at.wall, monotonic: () => at.monotonic });
  return { at, clock };
}

describe("systemClock", () => {
  it("tells µs since the Unix epoch", () => {
    const before = Date.now() * 1000;
    const now = systemClock()();
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - before)).toBeLessThan(60_000_000);
  });

  it("goes on with the monotonic clock between two looks at the wall clock", () => {
    const { at, clock } = machine();
    at.monotonic += 12.3456;
    at.wall += 500;
    expect(clock()).toBe(WALL * 1000 + 12_345);
  });

  it("follows the wall clock when that has jumped ahead", () => {
    const { at, clock } = machine();
    at.monotonic += 1000;
    at.wall += 3_600_000;
    expect(clock()).toBe((WALL + 3_600_000) * 1000);
    at.monotonic += 1.5;
    expect(clock()).toBe((WALL + 3_600_000) * 1000 + 1500);
  });

  it("does not follow jitter", () => {
    const { at, clock } = machine();
    at.monotonic += 1000;
    at.wall += 1080;
    expect(clock()).toBe((WALL + 1000) * 1000);
  });

  it("does not step back with the wall clock", () => {
    const { at, clock } = machine();
    at.monotonic += 2000;
    at.wall -= 3_600_000;
    expect(clock()).toBe((WALL + 2000) * 1000);
  });
});

describe("guardedClock", () => {
  const fallback = () => 7;

  it("rounds down to whole µs", () => {
    expect(guardedClock(() => 12.9, fallback)()).toBe(12);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 60])("does not believe a clock that tells %s", (now) => {
    expect(guardedClock(() => now, fallback)()).toBe(7);
  });

  it("goes by the system clock when the given one throws", () => {
    const broken = guardedClock(() => {
      throw new Error("broken");
    }, fallback);
    expect(broken()).toBe(7);
  });
});

describe("reserveTs", () => {
  it("gives strictly rising times, whatever the clock says", () => {
    const timeline = { lastTs: 100 };
    const given = [150, 150, 149, 20, 400].map((wanted) => reserveTs(timeline, wanted));
    expect(given).toEqual([150, 151, 152, 153, 400]);
  });
});
