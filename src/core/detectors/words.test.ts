import { describe, expect, it } from "vitest";
import { counted, dollars, duration, factor, listed, percent, rounded, steps, times, tokens } from "./words";

describe("words", () => {
  it.each([
    [times(1), "once"],
    [times(2), "twice"],
    [times(4), "4 times"],
    [counted(1, "step"), "1 step"],
    [counted(0, "step"), "0 steps"],
    [counted(9999, "step"), "9999 steps"],
    [counted(1_234_567, "step"), "1,234,567 steps"],
    [counted(2, "retry", "retries"), "2 retries"],
    [duration(34), "34 ms"],
    [duration(999.6), "1000 ms"],
    [duration(1234), "1.2 s"],
    [duration(41_200), "41.2 s"],
    [duration(59_949), "59.9 s"],
    [duration(59_950), "1 min"],
    [duration(372_000), "6 min 12 s"],
    [duration(7_500_000), "2 h 5 min"],
    [tokens(1), "1 token"],
    [tokens(850), "850 tokens"],
    [tokens(12_400), "12.4k tokens"],
    [tokens(999_949), "999.9k tokens"],
    [tokens(999_950), "1M tokens"],
    [tokens(1_234_000), "1.2M tokens"],
    [dollars(0), "$0.00"],
    [dollars(4.178), "$4.18"],
    [dollars(0.5), "$0.50"],
    [dollars(0.0312), "$0.031"],
    [dollars(0.00004), "$0.000040"],
    [factor(2), "2×"],
    [factor(3.44), "3.4×"],
    [factor(Number.POSITIVE_INFINITY), "many times"],
    [percent(0.456), "46 %"],
    [listed([]), ""],
    [listed(["a"]), "a"],
    [listed(["a", "b", "c"]), "a, b and c"],
    [listed([1, 2, 3, 4], 2), "1, 2 and 2 more"],
    [steps(6, 6), "step 6"],
    [steps(6, 14), "steps 6 to 14"],
  ])("%s = %s", (text, expected) => expect(text).toBe(expected));

  it("rounds to JSON numbers", () => {
    expect(rounded(2.345, 2)).toBe(2.35);
    expect(rounded(Number.POSITIVE_INFINITY, 2)).toBeNull();
    expect(rounded(Number.NaN, 2)).toBeNull();
  });
});
