import { describe, expect, it } from "vitest";
import { limitText, settingName, settingValue } from "./settingWords";

describe("settings in words", () => {
  it.each([
    ["tool_ms", 15_000, "tool limit", "15 s"],
    ["min_llm_calls", 2, "min LLM calls", "2"],
    ["static_threshold_secs", 300, "static threshold", "5 min"],
    ["max_cost_usd", 1, "max cost", "$1.00"],
    ["inflation_factor", 2.5, "inflation factor", "2.5 ×"],
    ["share", 0.3, "share", "30.0 %"],
    ["static_threshold_tokens", 50_000, "static threshold tokens", "50k"],
    ["ratio_threshold", 3.5, "ratio threshold", "3.5"],
    ["min_score", undefined, "min score", "off"],
  ])("%s %s", (name, value, words, text) => {
    expect([settingName(name), settingValue(name, value)]).toEqual([words, text]);
  });

  it("has the sign of the comparison", () => {
    expect(limitText("threshold", 4, ">=")).toBe("≥ 4");
    expect(limitText("threshold", 4, undefined)).toBe("4");
  });
});
