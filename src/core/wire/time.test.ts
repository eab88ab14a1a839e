import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMicros, microsToMillis, parseMicros } from "./time";

describe("parseMicros", () => {
  it.each([
    ["1970-01-01T00:00:00Z", 0],
    ["2026-11-20T10:00:00.123456Z", Date.UTC(2026, 10, 20, 10) * 1000 + 123_456],
    ["2026-11-20T10:00:00.123Z", Date.UTC(2026, 10, 20, 10) * 1000 + 123_000],
    ["2026-11-20T10:00:00.123456789Z", Date.UTC(2026, 10, 20, 10) * 1000 + 123_456],
    ["2026-11-20T10:00:00+00:00", Date.UTC(2026, 10, 20, 10) * 1000],
    ["2026-11-20T10:00:00.5-01:30", Date.UTC(2026, 10, 20, 11, 30) * 1000 + 500_000],
    ["2024-02-29T23:59:59.999999Z", Date.UTC(2024, 1, 29, 23, 59, 59) * 1000 + 999_999],
  ])("reads %s", (text, micros) => {
    expect(parseMicros(text)).toBe(micros);
  });

  it.each([
    "",
    "yesterday",
    "2026-11-20",
    "2026-11-20 10:00:00Z",
    "2026-13-20T10:00:00Z",
    "2026-02-30T10:00:00Z",
    "2026-11-20T24:00:00Z",
    "2026-11-20T10:60:00Z",
    "2026-11-20T10:00:61Z",
    "2026-11-20T10:00:00",
    "2026-11-20T10:00:00.Z",
    "2026-11-20T10:00:00.1x",
    "2026-11-20T10:00:00+0100",
    "2026-11-20T10:00:00Zjunk",
    "2026-11-20T10:00:0 Z",
  ])("refuses %j", (text) => {
    expect(parseMicros(text)).toBeUndefined();
  });

  it("does not take a time for its neighbour's minute", () => {
    expect(parseMicros("2026-11-20T10:00:00Z")).toBeDefined();
    expect(parseMicros("2026-11-20T10:01:00Z")).toBe(Date.UTC(2026, 10, 20, 10, 1) * 1000);
    expect(parseMicros("2026-11-20Xjunk00:00Z")).toBeUndefined();
  });

  it("reads back what formatMicros writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (micros) => {
        expect(parseMicros(formatMicros(micros))).toBe(micros);
      }),
    );
  });
});

describe("microsToMillis", () => {
  it("rounds half up", () => {
    expect([0, 499, 500, 1499, 1500, 2500].map(microsToMillis)).toEqual([0, 0, 1, 1, 2, 3]);
  });
});
