import { describe, expect, it } from "vitest";
import { count, factValue, moment, percent, shortDuration } from "./numbers";

describe("count", () => {
  it.each([
    [0, "0"],
    [950, "950"],
    [1000, "1k"],
    [12_400, "12.4k"],
    [999_949, "999.9k"],
    [999_950, "1M"],
    [1_250_000, "1.3M"],
  ])("%i is %s", (value, text) => {
    expect(count(value)).toBe(text);
  });
});

describe("shortDuration", () => {
  it.each([
    [34, "34 ms"],
    [41_249, "41.2 s"],
    [59_950, "1 min"],
    [197_000, "3.3 min"],
    [3_597_000, "1 h"],
    [4_320_000, "1.2 h"],
  ])("%i ms is %s", (ms, text) => {
    expect(shortDuration(ms)).toBe(text);
  });
});

describe("other values", () => {
  it("shows shares, times and facts in their units", () => {
    expect(percent(0.0822)).toBe("8.2 %");
    expect(moment(1_795_168_841_999_999)).toBe("2026-11-20 10:00:41");
    expect(factValue("slowest_llm_ms", 7200)).toBe("7.2 s");
    expect(factValue("total_tokens", 18_200)).toBe("18.2k");
    expect(factValue("cost_usd", 0.12)).toBe("$0.12");
    expect(factValue("llm_tool_ratio", 1.3333)).toBe("1.33");
    expect(factValue("args_length_max", 10_240)).toBe("10,240");
    expect(factValue("loop_tool", "web_search")).toBe("web_search");
  });
});
