import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, DETECTORS, parseDetectorConfig } from "../../core/detectors";
import { thresholdRows } from "./thresholdRows";

describe("thresholdRows", () => {
  it("has every setting and every detector, none of them changed by default", () => {
    const rows = thresholdRows(DEFAULT_SETTINGS);
    expect(new Set(rows.map(({ detector }) => detector)).size).toBe(DETECTORS.length);
    expect(rows.filter(({ isChanged }) => isChanged)).toEqual([]);
    for (const row of rows) expect(row.meaning).not.toBe("");
  });

  it("marks what is not as built in", () => {
    const document = { default: { tool_loop: { threshold: 4 }, silent_truncation: { shadow: false } } };
    const settings = parseDetectorConfig(document, "test").settingsFor("any");
    const changed = thresholdRows(settings).filter(({ isChanged }) => isChanged);
    expect(changed.map(({ detector, name, value, builtIn }) => [detector.key, name, value, builtIn])).toEqual([
      ["tool_loop", "threshold", 4, 3],
      ["silent_truncation", undefined, undefined, undefined],
    ]);
  });
});
