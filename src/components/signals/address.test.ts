import { describe, expect, it } from "vitest";
import { readSignalsParams } from "./params";
import { typeRates } from "./rates";
import { stepOf } from "./runTarget";

describe("readSignalsParams", () => {
  it("shows groups and both verdicts unless the address says otherwise", () => {
    expect(readSignalsParams({})).toEqual({ isGrouped: true, mode: "auto", differing: false, open: undefined });
    expect(readSignalsParams({ view: "flat", mode: "computed", differing: "true", open: "k" })).toEqual({
      isGrouped: false,
      mode: "computed",
      differing: true,
      open: "k",
    });
  });

  it("passes over what makes no sense", () => {
    expect(readSignalsParams({ view: "x", mode: "guessed", differing: "1", open: "" })).toEqual(readSignalsParams({}));
  });
});

describe("stepOf", () => {
  it("takes the step of the signal, else the first one of its evidence", () => {
    expect(stepOf({ step_index: 6, evidence: { first_step: 2 } })).toBe(6);
    expect(stepOf({ step_index: undefined, evidence: { first_step: 2 } })).toBe(2);
    expect(stepOf({ step_index: undefined, evidence: { first_step: "2" } })).toBeUndefined();
  });
});

describe("typeRates", () => {
  it("adds up the severities of a type, most frequent first", () => {
    const rates = typeRates(
      [
        { failure_type: "SLOW_STEP", severity: "HIGH", points: [{ time: 10, value: 1 }] },
        { failure_type: "TOOL_LOOP", severity: "HIGH", points: [{ time: 10, value: 1 }] },
        { failure_type: "TOOL_LOOP", severity: "MEDIUM", points: [{ time: 20, value: 2 }] },
      ],
      { from: 0, to: 20_000 },
      10_000,
    );
    expect(rates).toEqual([
      { failure_type: "TOOL_LOOP", total: 3, values: [1, 2] },
      { failure_type: "SLOW_STEP", total: 1, values: [1, 0] },
    ]);
  });
});
