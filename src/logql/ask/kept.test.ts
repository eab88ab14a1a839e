import { describe, expect, it } from "vitest";
import { Kept } from "./kept";

describe("Kept", () => {
  it("forgets what is too old, and first what was used longest ago", () => {
    const kept = new Kept<number>(2);
    kept.set("a", 1, 100);
    kept.set("b", 2, 100);
    expect(kept.get("a", 99)).toBe(1);
    kept.set("c", 3, 100);
    expect([kept.get("a", 99), kept.get("b", 99), kept.get("c", 99)]).toEqual([1, undefined, 3]);
    expect(kept.get("a", 100)).toBeUndefined();
  });
});
