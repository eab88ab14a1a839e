import { describe, expect, it } from "vitest";
import { promptInjectionSignal } from "./promptInjectionSignal";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof promptInjectionSignal>[] = [
  ["no scanned input", {}, "no data: a scanned input"],
  ["a harmless input", { facts: { injection_patterns: 0, injection_strong: 0 } }, "clear"],
  ["one weak pattern", { facts: { injection_patterns: 1, injection_strong: 0 } }, "MEDIUM 0.5"],
  ["one pattern of unknown strength", { facts: { injection_patterns: 1 } }, "MEDIUM 0.5"],
  ["one strong pattern", { facts: { injection_patterns: 1, injection_strong: 1 } }, "CRITICAL 0.5"],
  ["two weak patterns", { facts: { injection_patterns: 2, injection_strong: 0 } }, "CRITICAL 0.9"],
  ["three patterns", { facts: { injection_patterns: 3, injection_strong: 2 } }, "CRITICAL 1"],
];

describe("PROMPT_INJECTION_SIGNAL", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(promptInjectionSignal, input)).toBe(outcome));

  it("shows labels and length, never the text", () => {
    const injection = {
      matched_pattern_count: 2,
      matched_patterns: ["act_as", "system_tag"],
      input_length: 80,
      step: 0,
    };
    const facts = { injection_patterns: 2, injection_strong: 1 };
    const findings = testFindings(promptInjectionSignal, { facts }, { injection });
    expect(promptInjectionSignal.evidence(findings)).toEqual({
      matched_pattern_count: 2,
      matched_patterns: ["act_as", "system_tag"],
      input_length: 80,
      ...facts,
    });
    expect(promptInjectionSignal.step(findings)).toBe(0);
    expect(promptInjectionSignal.explain(findings).title).toBe("User input matches 2 injection patterns");
  });
});
