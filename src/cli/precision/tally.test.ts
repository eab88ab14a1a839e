import { describe, expect, it } from "vitest";
import type { Signal } from "../../core/detectors";
import type { FailureType, Severity } from "../../core/wire";
import { PrecisionTally } from "./tally";

const signal = (failure_type: FailureType, severity: Severity, shadow = false): Signal => ({
  failure_type,
  severity,
  base_severity: severity,
  confidence: 0.5,
  shadow,
  title: "",
  evidence: {},
});

const tallyOf = (successes: number, severe: number): PrecisionTally => {
  const tally = new PrecisionTally();
  for (let at = 0; at < successes; at++) {
    tally.add({ signals: at < severe ? [signal("TOOL_LOOP", "CRITICAL")] : [], no_data: [] }, true);
  }
  return tally;
};

describe("PrecisionTally", () => {
  it("allows 1 % of successes to each detector and 1.5 % to all, and always one", () => {
    const allowed = (successes: number): number[] =>
      tallyOf(successes, 1)
        .report()
        .bars.map((bar) => bar.allowed);
    expect(allowed(97)).toEqual([1, 1]);
    expect(allowed(200)).toEqual([3, 2]);
    expect(allowed(10)).toEqual([1, 1]);
  });

  it("says when a bar is missed", () => {
    expect(tallyOf(97, 2).report().bars).toEqual([
      { failure_type: "any", allowed: 1, fired: 2, kept: false },
      { failure_type: "TOOL_LOOP", allowed: 1, fired: 2, kept: false },
    ]);
  });

  it("counts a run once however many signals it has, and shadow ones apart", () => {
    const tally = new PrecisionTally();
    const signals = [
      signal("TOOL_LOOP", "HIGH"),
      signal("RETRY_STORM", "HIGH"),
      signal("FAILURE_SHARE", "MEDIUM", true),
    ];
    tally.add({ signals, no_data: [] }, false);
    tally.add({ signals: [signal("FAILURE_SHARE", "MEDIUM", true)], no_data: [] }, true);
    const { rows, bars } = tally.report();
    expect(rows.find((row) => row.failure_type === "any" && row.severity === "HIGH")).toMatchObject({
      failures: 1,
      successes: 0,
    });
    expect(rows.find((row) => row.failure_type === "FAILURE_SHARE")).toMatchObject({
      shadow: true,
      successes: 1,
      failures: 1,
      precision: 0.5,
      lift: 1,
    });
    expect(rows.find((row) => row.failure_type === "any" && row.severity === "LOW")).toMatchObject({ successes: 0 });
    expect(bars.every((bar) => bar.fired === 0)).toBe(true);
  });

  it("has no precision where nothing fired, and no lift where nothing failed", () => {
    const { rows } = tallyOf(3, 1).report();
    expect(rows[0]).toMatchObject({ failure_type: "any", severity: "HIGH", precision: 0, lift: null });
    expect(tallyOf(3, 0).report().rows[0]).toMatchObject({ precision: null, lift: null });
  });
});
