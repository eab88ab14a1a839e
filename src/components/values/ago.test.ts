import { describe, expect, it } from "vitest";
import { ageOf } from "./ago";

describe("ageOf", () => {
  it.each([
    [-5000, 0, "s"],
    [0, 0, "s"],
    [59_499, 59, "s"],
    [60_000, 1, "min"],
    [3_599_000, 59, "min"],
    [3_600_000, 1, "h"],
    [47 * 3_600_000, 47, "h"],
    [48 * 3_600_000, 2, "d"],
  ])("%i ms are %i %s", (ms, value, unit) => {
    expect(ageOf(ms)).toEqual({ value, unit });
  });
});
