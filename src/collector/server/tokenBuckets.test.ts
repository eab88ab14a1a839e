import { describe, expect, it } from "vitest";
import { TokenBuckets } from "./tokenBuckets";

function setUp(options: { burst?: number; perSecond?: number; most?: number } = {}) {
  let now = 1000;
  const buckets = new TokenBuckets({ burst: 3, perSecond: 2, ...options, clock: () => now });
  const times = (name: string, count: number) => Array.from({ length: count }, () => buckets.take(name));
  return { buckets, times, pass: (ms: number) => (now += ms) };
}

describe("TokenBuckets", () => {
  it("lets a burst pass, then as many as flow in", () => {
    const { buckets, times, pass } = setUp();
    expect(times("a", 4)).toEqual([true, true, true, false]);
    expect(buckets.wait("a")).toBe(0.5);
    pass(499);
    expect(buckets.take("a")).toBe(false);
    pass(1);
    expect(times("a", 2)).toEqual([true, false]);
    pass(3_600_000);
    expect(times("a", 4)).toEqual([true, true, true, false]);
  });

  it("keeps names apart", () => {
    const { buckets, times } = setUp();
    times("a", 9);
    expect(buckets.wait("a")).toBeGreaterThan(0);
    expect(buckets.wait("b")).toBe(0);
    expect(buckets.take("b")).toBe(true);
  });

  it("is bounded: the name asked least lately is forgotten", () => {
    const { buckets, times } = setUp({ most: 100 });
    times("steady", 3);
    for (let other = 0; other < 1000; other++) {
      buckets.take(`other-${other}`);
      expect(buckets.take("steady")).toBe(false);
    }
    expect(buckets.size).toBe(100);
  });

  it("never gives more when the clock goes back", () => {
    const { times, pass } = setUp();
    times("a", 3);
    pass(-10_000);
    expect(times("a", 1)).toEqual([false]);
  });
});
