import { describe, expect, it } from "vitest";
import { RecentMap } from "./recentMap";

describe("RecentMap", () => {
  it("keeps what is used and forgets the rest", () => {
    const map = new RecentMap<number, { at: number } | null>(10);
    for (let at = 0; at < 1000; at++) {
      map.set(at, at % 2 === 0 ? { at } : null);
      expect(map.get(0)).toEqual({ at: 0 });
      for (let back = 0; back < Math.min(9, at); back++) expect(map.get(at - back)).not.toBeUndefined();
      expect(map.size).toBeLessThanOrEqual(20);
    }
    expect(map.get(1)).toBeUndefined();
    expect(map.get(999)).toBeNull();
  });

  it("holds a key once", () => {
    const map = new RecentMap<string, { value: number }>(4);
    for (const value of [1, 2, 3, 4, 5]) map.set("a", { value });
    expect(map.get("a")).toEqual({ value: 5 });
    expect(map.size).toBe(1);
  });
});
