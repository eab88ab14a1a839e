import { describe, expect, it } from "vitest";
import { goFloat } from "./goFloat";
import { durationNs, parseTimestamp } from "./params";

describe("parameters", () => {
  it.each([
    ["1795168800", 1_795_168_800_000_000_000n],
    ["4000000000", 4_000_000_000_000_000_000n],
    ["1795168800000000001", 1_795_168_800_000_000_001n],
    ["1795168800.123", 1_795_168_800_123_000_000n],
    ["1795168800.", 1_795_168_800_000_000_000n],
    ["1.5e9", 1_500_000_000_000_000_000n],
    ["-1", -1_000_000_000n],
    ["2026-11-20T10:00:00Z", 1_795_168_800_000_000_000n],
    ["2026-11-20T12:00:00.000000001+02:00", 1_795_168_800_000_000_001n],
    ["2026-13-20T10:00:00Z", undefined],
    ["2026-11-20", undefined],
    ["now", undefined],
    [".", undefined],
    ["1e9", undefined],
  ])("read the time %s", (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each([
    ["15000ms", 15_000_000_000n],
    ["1h30m", 5_400_000_000_000n],
    ["1d", 86_400_000_000_000n],
    ["0", 0n],
    ["30m1h", undefined],
    ["1.5h", undefined],
    ["", undefined],
  ])("read the duration %s", (text, expected) => {
    expect(durationNs(text)).toBe(expected);
  });
});

describe("numbers", () => {
  it.each([
    [1, "1"],
    [0.1, "0.1"],
    [-0, "-0"],
    [1e21, "1000000000000000000000"],
    [-1.25e22, "-12500000000000000000000"],
    [1.5e-7, "0.00000015"],
    [5e-324, `0.${"0".repeat(323)}5`],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [Number.NaN, "NaN"],
  ])("%s is written %s", (value, text) => {
    expect(goFloat(value)).toBe(text);
    expect(Number(text.replace("Inf", "Infinity"))).toBe(value);
  });
});
