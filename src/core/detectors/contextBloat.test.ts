import { describe, expect, it } from "vitest";
import { contextBloat } from "./contextBloat";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const grown = { llm_calls: 5, context_calls: 5, context_first: 1000, context_last: 3000, context_growth: 3 };
const cases: readonly RuleCase<typeof contextBloat>[] = [
  ["no LLM call", {}, "clear"],
  ["too few prompt sizes", { facts: { ...grown, context_calls: 2 } }, "no data: prompt tokens of at least 3 LLM calls"],
  ["growth at the fixed factor", { facts: grown }, "LOW 0.5"],
  ["growth below the fixed factor", { facts: { ...grown, context_growth: 2.9999 } }, "clear"],
  ["growth at the baseline's limit", { facts: grown, baseline: { context_growth: 1.5 } }, "MEDIUM 0.5"],
  ["growth below the baseline's limit", { facts: grown, baseline: { context_growth: 1.6 } }, "clear"],
  ["a small first prompt", { facts: { ...grown, context_first: 9, context_growth: 333 } }, "clear"],
  ["the smallest first prompt that counts", { facts: { ...grown, context_first: 10, context_growth: 300 } }, "LOW 1"],
  ["an empty first prompt", { facts: { ...grown, context_first: 0, context_growth: undefined } }, "clear"],
  [
    "a small last prompt",
    { facts: { ...grown, context_first: 100, context_last: 1999, context_growth: 19.99 } },
    "clear",
  ],
  [
    "the smallest last prompt that counts",
    { facts: { ...grown, context_first: 500, context_last: 2000, context_growth: 4 } },
    "LOW 0.6333",
  ],
];

describe("CONTEXT_BLOAT", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(contextBloat, input)).toBe(outcome));

  it("shows the growth call by call, and the baseline where one was used", () => {
    const prompt_sizes = [
      { step: 1, tokens: 1000 },
      { step: 9, tokens: 3000 },
    ];
    const findings = testFindings(contextBloat, { facts: grown, baseline: { context_growth: 1.5 } }, { prompt_sizes });
    expect(contextBloat.evidence(findings)).toMatchObject({
      first_tokens: 1000,
      last_tokens: 3000,
      growth_factor: 3,
      threshold_factor: 3,
      llm_call_count: 5,
      first_call_step: 1,
      last_call_step: 9,
      token_growth_sequence: prompt_sizes,
      baseline_p75: 1.5,
    });
    expect(contextBloat.explain(findings).title).toBe("Prompt grew 3×, from 1k tokens to 3k tokens");
    expect(contextBloat.explain(findings).evidence).toContain("stay within 1.5×");
    expect(contextBloat.evidence(testFindings(contextBloat, { facts: grown }, {}))).not.toHaveProperty("baseline_p75");
  });
});
