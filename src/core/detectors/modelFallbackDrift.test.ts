import { describe, expect, it } from "vitest";
import { modelFallbackDrift } from "./modelFallbackDrift";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof modelFallbackDrift>[] = [
  ["one model", {}, "clear"],
  ["a change", { facts: { model_changes: 1 } }, "MEDIUM 0.7"],
];

describe("MODEL_FALLBACK_DRIFT", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(modelFallbackDrift, input)).toBe(outcome));

  it("shows the first change", () => {
    const model_changes = [
      { step: 5, from: "gpt-4o", to: "gpt-4o-mini" },
      { step: 9, from: "gpt-4o-mini", to: "gpt-4o" },
    ];
    const findings = testFindings(modelFallbackDrift, { facts: { model_changes: 2 } }, { model_changes });
    expect(modelFallbackDrift.evidence(findings)).toEqual({
      from_model: "gpt-4o",
      to_model: "gpt-4o-mini",
      change_step: 5,
      changes: 2,
      model_changes: 2,
    });
    expect(modelFallbackDrift.step(findings)).toBe(5);
    const { title, what } = modelFallbackDrift.explain(findings);
    expect(title).toBe("Model changed from gpt-4o to gpt-4o-mini at step 5");
    expect(what).toContain("changed twice in all");
    expect(modelFallbackDrift.shadow).toBe(true);
  });
});
