import { describe, expect, it } from "vitest";
import { confidenceOf, roundConfidence } from "./confidence";

describe("confidence", () => {
  it.each([
    [1, 0.5],
    [4 / 3, 0.6333],
    [5 / 3, 0.7667],
    [2, 0.9],
    [2.25, 1],
    [100, 1],
    [Number.POSITIVE_INFINITY, 1],
  ])("of %d times the threshold is %d", (ratio, confidence) => {
    expect(roundConfidence(confidenceOf(ratio))).toBe(confidence);
  });
});
