import { describe, expect, it } from "vitest";
import { Random } from "./random";

const draw = (random: Random): number[] => Array.from({ length: 1000 }, () => random.next());

describe("Random", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    expect(draw(new Random("a"))).toEqual(draw(new Random("a")));
    expect(draw(new Random("a"))).not.toEqual(draw(new Random("b")));
  });

  it("spreads its numbers", () => {
    const numbers = draw(new Random("spread"));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(mean).toBeCloseTo(0.5, 1);
  });

  it("keeps whole numbers within both bounds and reaches them", () => {
    const random = new Random("whole");
    const numbers = new Set(Array.from({ length: 200 }, () => random.whole(3, 5)));
    expect([...numbers].sort()).toEqual([3, 4, 5]);
  });

  it("stays within a fifth", () => {
    const random = new Random("about");
    for (let count = 0; count < 200; count++) {
      const value = random.about(1000);
      expect(value).toBeGreaterThanOrEqual(800);
      expect(value).toBeLessThanOrEqual(1200);
    }
  });

  it("makes UUIDs of version 4", () => {
    const random = new Random("uuid");
    const uuids = Array.from({ length: 100 }, () => random.uuid());
    expect(new Set(uuids).size).toBe(100);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it("shuffles without losing anything", () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new Random("shuffle").shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted()).toEqual(items);
  });

  it("picks nothing from nothing", () => {
    expect(() => new Random("none").pick([])).toThrow("nothing to pick from");
  });
});
