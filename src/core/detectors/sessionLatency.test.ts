import { describe, expect, it } from "vitest";
import { sessionLatency } from "./sessionLatency";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof sessionLatency>[] = [
  ["a short run", {}, "clear"],
  ["below the fixed limit", { facts: { active_ms: 299_999 } }, "clear"],
  ["at the fixed limit", { facts: { active_ms: 300_000 } }, "LOW 0.5"],
  ["at the baseline's limit", { facts: { active_ms: 20_000 }, baseline: { active_ms: 10_000 } }, "MEDIUM 0.5"],
  ["below the baseline's limit", { facts: { active_ms: 400_000 }, baseline: { active_ms: 200_001 } }, "clear"],
  ["below the floor", { facts: { active_ms: 4999 }, baseline: { active_ms: 100 } }, "clear"],
  ["at the floor", { facts: { active_ms: 5000 }, baseline: { active_ms: 100 } }, "MEDIUM 0.5"],
  ["a long wait for people", { facts: { active_ms: 1000, duration_ms: 9_000_000 } }, "clear"],
];

describe("SESSION_LATENCY", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(sessionLatency, input)).toBe(outcome));

  it("speaks of time without waits for people", () => {
    const facts = { active_ms: 372_000, duration_ms: 400_000, steps: 23 };
    const findings = testFindings(sessionLatency, { facts, baseline: { active_ms: 155_000 } }, {});
    expect(sessionLatency.evidence(findings)).toEqual({
      duration_s: 372,
      threshold_s: 310,
      inflation_ratio: 1.2,
      baseline_p75_s: 155,
      active_ms: 372_000,
    });
    const { title, what } = sessionLatency.explain(findings);
    expect(title).toBe("Ran 6 min 12 s, 2.4× the usual");
    expect(what).toBe(
      "The agent worked for 6 min 12 s on this run, over 23 steps. Waits for people, 28 s, are not counted.",
    );
    expect(sessionLatency.explain(testFindings(sessionLatency, { facts })).title).toBe(
      "Ran 6 min 12 s, above the limit of 5 min",
    );
  });
});
