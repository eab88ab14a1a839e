import { describe, expect, it } from "vitest";
import { llmTruncationLoop } from "./llmTruncationLoop";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof llmTruncationLoop>[] = [
  ["no cut answer", {}, "clear"],
  ["one cut answer", { facts: { truncations: 1 } }, "clear"],
  ["two cut answers", { facts: { truncations: 2 } }, "HIGH 0.5"],
  ["four cut answers", { facts: { truncations: 4 } }, "HIGH 0.9"],
  ["a higher threshold", { facts: { truncations: 4 }, thresholds: { threshold: 5 } }, "clear"],
];

describe("LLM_TRUNCATION_LOOP", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(llmTruncationLoop, input)).toBe(outcome));

  it("shows where it was cut", () => {
    const findings = testFindings(
      llmTruncationLoop,
      { facts: { truncations: 2, llm_calls: 5 } },
      {
        truncations: [
          { step: 3, model: "gpt-4o", completion_tokens: 1024 },
          { step: 7, model: "gpt-4o", completion_tokens: undefined },
        ],
      },
    );
    expect(llmTruncationLoop.evidence(findings)).toEqual({
      truncation_count: 2,
      total_llm_calls: 5,
      first_truncation_step: 3,
      last_truncation_step: 7,
      token_counts_at_truncation: [1024, null],
      models: ["gpt-4o"],
      truncations: 2,
      llm_calls: 5,
    });
    expect(llmTruncationLoop.step(findings)).toBe(7);
    expect(llmTruncationLoop.explain(findings).title).toBe("Model output cut by the length limit twice");
  });
});
