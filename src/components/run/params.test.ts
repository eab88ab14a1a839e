import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRunParams, readTime, selectedStep, TABS } from "./params";

describe("readRunParams", () => {
  it("reads what a link says", () => {
    expect(
      readRunParams({ tab: "log", step: "6", find: "web", inner: "true", at: "1700000000000", agent: "bot" }),
    ).toEqual({
      ...{ tab: "log", step: 6, find: "web", inner: true, at: 1_700_000_000_000, agent: "bot" },
      signal: undefined,
    });
  });

  it("opens the timeline of an address that says nothing", () => {
    expect(readRunParams({})).toEqual({
      tab: "timeline",
      step: undefined,
      find: "",
      inner: false,
      at: undefined,
      agent: undefined,
      signal: undefined,
    });
  });

  it("knows a signal by its type, and nothing else", () => {
    expect(readRunParams({ signal: "TOOL_LOOP" }).signal).toBe("TOOL_LOOP");
    expect(readRunParams({ signal: "<b>" }).signal).toBeUndefined();
  });

  it("passes over what makes no sense", () => {
    const { tab, step, at, agent } = readRunParams({ tab: "x", step: "-1", at: "9e99", agent: "a".repeat(300) });
    expect({ tab, step, at, agent }).toEqual({ tab: "timeline", step: undefined, at: undefined, agent: undefined });
    expect(readTime("8640000000000001")).toBeUndefined();
    expect(readTime("12.5")).toBeUndefined();
  });

  it("takes any address without harm", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("tab", "step", "find", "at", "agent"), fc.string()), (params) => {
        const read = readRunParams(params);
        expect(TABS).toContain(read.tab);
        expect(read.find.length).toBeLessThanOrEqual(256);
        if (read.at !== undefined) expect(new Date(read.at).getTime()).toBe(read.at);
      }),
    );
  });
});

describe("selectedStep", () => {
  const signals = [
    { failure_type: "TOOL_LOOP", step_index: 6, evidence: {} },
    { failure_type: "RETRY_STORM", step_index: undefined, evidence: { first_step: 9 } },
    { failure_type: "SLOW_STEP", step_index: undefined, evidence: {} },
  ] as const;

  it("is that of the address, else that of the signal the address names", () => {
    expect(selectedStep({ step: 2, signal: "TOOL_LOOP" }, signals)).toBe(2);
    expect(selectedStep({ step: undefined, signal: "TOOL_LOOP" }, signals)).toBe(6);
    expect(selectedStep({ step: undefined, signal: "RETRY_STORM" }, signals)).toBe(9);
    expect(selectedStep({ step: undefined, signal: "SLOW_STEP" }, signals)).toBeUndefined();
    expect(selectedStep({ step: undefined, signal: "COST_SPIKE" }, signals)).toBeUndefined();
    expect(selectedStep({ step: undefined, signal: undefined }, signals)).toBeUndefined();
  });
});
