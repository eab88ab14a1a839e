import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSettings } from "./settings";
import { thresholdGroups, thresholdProblem, withThreshold } from "./thresholds";

describe("parseSettings", () => {
  it("has defaults for everything but the Loki", () => {
    expect(parseSettings(undefined)).toMatchObject({
      lokiUid: undefined,
      scope: {},
      pollMs: 2500,
      listCap: 100,
      fetchLimit: 50,
      freshMs: 6000,
      slowStepMinMs: 1000,
      problems: [],
    });
  });

  it("reads what is provisioned", () => {
    const detectors = { default: { tool_loop: { threshold: 4 } }, bot: { tool_loop: { threshold: 9 } } };
    const settings = parseSettings({ lokiUid: "loki", baseSelector: '{cluster="eu"}', detectors, pollMs: "5000" });
    expect(settings.scope).toEqual({ base: [{ name: "cluster", op: "=", value: "eu" }] });
    expect(settings.config.settingsFor("bot").TOOL_LOOP.thresholds.threshold).toBe(9);
    expect(settings.config.settingsFor("other").TOOL_LOOP.thresholds.threshold).toBe(4);
    expect(settings.pollMs).toBe(5000);
  });

  it.each([
    [{ baseSelector: "{a=}" }, "baseSelector"],
    [{ detectors: { default: { tool_lop: {} } } }, "detectors"],
    [{ detectors: "tool_loop" }, "detectors"],
    [{ pollMs: 1 }, "pollMs"],
    [{ listCap: "many" }, "listCap"],
    [{ writeUrl: "javascript:alert(1)" }, "writeUrl"],
    [{ version: 2 }, "lokiUid"],
  ])("says what is wrong with %j", (stored, setting) => {
    expect(parseSettings(stored).problems).toMatchObject([{ setting, message: expect.stringContaining(" ") }]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.record({
          lokiUid: fc.anything(),
          baseSelector: fc.anything(),
          detectors: fc.anything(),
          pollMs: fc.anything(),
        }),
        (stored) => {
          expect(parseSettings(stored).problems).toBeInstanceOf(Array);
        },
      ),
    );
  });
});

describe("thresholds", () => {
  it("are set and taken back one by one, and leave agents alone", () => {
    const sections = { bot: { tool_loop: { threshold: 9 } } };
    const changed = withThreshold(sections, "tool_loop", "threshold", 4);
    expect(changed).toEqual({ default: { tool_loop: { threshold: 4 } }, ...sections });
    expect(thresholdGroups(changed).find(({ detector }) => detector === "tool_loop")).toMatchObject({
      label: "Tool loop",
      thresholds: [{ key: "threshold", value: 4, standard: 3 }],
    });
    expect(withThreshold(changed, "tool_loop", "threshold", undefined)).toEqual(sections);
  });

  it("say what they may be", () => {
    expect(thresholdProblem("tool_loop", "threshold", 4)).toBeUndefined();
    expect(thresholdProblem("tool_loop", "threshold", -1)).toContain("positive");
  });
});
