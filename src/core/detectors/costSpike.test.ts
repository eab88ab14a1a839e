import { describe, expect, it } from "vitest";
import { costSpike } from "./costSpike";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof costSpike>[] = [
  ["no LLM call", { facts: { total_tokens: undefined } }, "clear"],
  [
    "no tokens at all",
    { facts: { llm_calls: 2, unmetered_llm_calls: 2, total_tokens: undefined } },
    "no data: token counts of the LLM calls",
  ],
  ["below the fixed limit", { facts: { llm_calls: 2, total_tokens: 49_999 } }, "clear"],
  ["at the fixed limit", { facts: { llm_calls: 2, total_tokens: 50_000 } }, "LOW 0.5"],
  [
    "at the baseline's limit",
    { facts: { llm_calls: 2, total_tokens: 6000 }, baseline: { total_tokens: 2000 } },
    "MEDIUM 0.5",
  ],
  [
    "below the baseline's limit",
    { facts: { llm_calls: 2, total_tokens: 90_000 }, baseline: { total_tokens: 30_001 } },
    "clear",
  ],
  ["below the floor", { facts: { llm_calls: 2, total_tokens: 1999 }, baseline: { total_tokens: 100 } }, "clear"],
  ["at the floor", { facts: { llm_calls: 2, total_tokens: 2000 }, baseline: { total_tokens: 100 } }, "MEDIUM 0.5"],
  [
    "unmetered calls are never clear",
    { facts: { llm_calls: 3, unmetered_llm_calls: 1, total_tokens: 100 } },
    "no data: token counts of 1 of 3 LLM calls",
  ],
  ["unmetered calls may fire", { facts: { llm_calls: 3, unmetered_llm_calls: 1, total_tokens: 60_000 } }, "LOW 0.58"],
];

describe("COST_SPIKE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(costSpike, input)).toBe(outcome));

  it("compares with the usual", () => {
    const facts = { llm_calls: 4, total_tokens: 9000, cost_usd: 0.031 };
    const findings = testFindings(costSpike, { facts, baseline: { total_tokens: 2000 } }, {});
    expect(costSpike.evidence(findings)).toEqual({
      total_tokens: 9000,
      threshold: 6000,
      inflation_ratio: 1.5,
      llm_calls: 4,
      baseline_p75: 2000,
      unmetered_llm_calls: 0,
    });
    const { title, what } = costSpike.explain(findings);
    expect(title).toBe("Used 9k tokens, 4.5× the usual");
    expect(what).toBe("The run used 9k tokens over 4 LLM calls, $0.031.");
  });

  it("does not state a cost that is not whole", () => {
    const facts = { llm_calls: 4, total_tokens: 60_000, cost_usd: 0.2, unpriced_llm_calls: 1 };
    const { title, what } = costSpike.explain(testFindings(costSpike, { facts }));
    expect(title).toBe("Used 60k tokens, above the limit of 50k tokens");
    expect(what).not.toContain("$");
  });
});
