import { describe, expect, it } from "vitest";
import { DetectorConfig, parseDetectorConfig } from "../../../core/detectors";
import { withThresholds } from "./thresholds";

describe("withThresholds", () => {
  const config = parseDetectorConfig({ default: {}, own: { tool_loop: { threshold: 7, shadow: true } } }, "test");

  it("holds for all agents, and leaves everything else as it was", () => {
    const changed = withThresholds(config, "TOOL_LOOP", { threshold: 4 });
    expect(changed.agents).toEqual(["own"]);
    expect(changed.settingsFor("own").TOOL_LOOP).toEqual({ thresholds: { threshold: 4 }, shadow: true });
    expect(changed.settingsFor("other").TOOL_LOOP).toEqual({ thresholds: { threshold: 4 }, shadow: false });
    expect(changed.settingsFor("own").RETRY_STORM).toBe(config.settingsFor("own").RETRY_STORM);
    expect(config.settingsFor("own").TOOL_LOOP.thresholds.threshold).toBe(7);
  });

  it("is the same config where nothing is changed", () => {
    const plain = new DetectorConfig();
    expect(withThresholds(plain, "TOOL_LOOP", {})).toBe(plain);
    expect(withThresholds(plain, "TOOL_LOOP", { window: 3 })).toBe(plain);
  });
});
