import { describe, expect, it } from "vitest";
import { differenceOf, evidenceRows, labelOf, rateText, stepsOf } from "./shown";

describe("the words of a signal card", () => {
  it("names known types by their label and unknown ones by themselves", () => {
    expect(labelOf("TOOL_LOOP")).toBe("Tool loop");
    expect(labelOf("<b>NEW</b>")).toBe("<b>NEW</b>");
    expect(labelOf("toString")).toBe("toString");
  });

  it("names the steps the evidence spans, else the step it is shown at", () => {
    expect(stepsOf({ evidence: { first_step: 6, last_step: 14 }, step_index: 14 })).toBe("steps 6 to 14");
    expect(stepsOf({ evidence: { first_step: "x" }, step_index: 3 })).toBe("step 3");
    expect(stepsOf({ evidence: {}, step_index: undefined })).toBeUndefined();
  });

  it("says how usual it is, with as much as is known", () => {
    expect(rateText({ rate: "first", fired: 1, runs: 9 })).toBe("first seen in 7 days");
    expect(rateText({ rate: "recurring", fired: 3, runs: 75 })).toBe(
      "recurring: 4.0 % of this agent's 75 runs in 7 days",
    );
    expect(rateText({ rate: "systemic", share: 0.34 })).toBe("systemic: 34.0 % of this agent's runs in 7 days");
    expect(rateText({ rate: "recurring" })).toBe("recurring in 7 days");
    expect(rateText({ rate: "recurring", fired: 0, runs: 0 })).toBe("recurring in 7 days");
  });

  it("says where recorded and computed differ, and nothing where they agree", () => {
    expect(differenceOf({ origin: "recorded", severity: "HIGH", differs: undefined })).toBeUndefined();
    expect(differenceOf({ origin: "recorded", severity: "HIGH", differs: "MEDIUM" })).toBe(
      "Recorded as HIGH; today's thresholds say MEDIUM.",
    );
    expect(differenceOf({ origin: "recorded", severity: "HIGH", differs: null })).toContain("do not find it");
    expect(differenceOf({ origin: "computed", severity: "HIGH", differs: null })).toContain("recorded no such signal");
    expect(differenceOf({ origin: "computed", severity: "HIGH", differs: "LOW" })).toContain(
      "the producer recorded LOW",
    );
  });

  it("lists evidence as text, whatever it holds", () => {
    expect(evidenceRows({ tool: "<i>", count: 3, steps: [1, 2], none: null, gone: undefined })).toEqual([
      ["tool", "<i>"],
      ["count", "3"],
      ["steps", "[1,2]"],
      ["none", "null"],
    ]);
  });
});
