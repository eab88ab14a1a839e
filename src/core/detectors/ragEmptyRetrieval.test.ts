import { describe, expect, it } from "vitest";
import { ragEmptyRetrieval } from "./ragEmptyRetrieval";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const answered = { exit_reason: "final_answer", ended: "run.completed" } as const;
const cases: readonly RuleCase<typeof ragEmptyRetrieval>[] = [
  ["no retrieval", answered, "clear"],
  ["unknown counts", { ...answered, facts: { retrievals: 2 } }, "no data: result counts of the retrievals"],
  [
    "unknown counts though a score is known",
    { ...answered, facts: { retrievals: 2, retrieval_min_score: 0.1 }, thresholds: { min_score: 0.3 } },
    "no data: result counts of the retrievals",
  ],
  ["an empty retrieval", { ...answered, facts: { retrievals: 1, retrieval_min_results: 0 } }, "MEDIUM 0.88"],
  ["one result", { ...answered, facts: { retrievals: 1, retrieval_min_results: 1 } }, "clear"],
  [
    "too few for the agent",
    { ...answered, facts: { retrievals: 1, retrieval_min_results: 2 }, thresholds: { min_results: 3 } },
    "MEDIUM 0.88",
  ],
  [
    "low scores, which are off",
    { ...answered, facts: { retrievals: 1, retrieval_min_results: 3, retrieval_min_score: 0 } },
    "clear",
  ],
  [
    "a low score",
    {
      ...answered,
      facts: { retrievals: 1, retrieval_min_results: 3, retrieval_min_score: 0.29 },
      thresholds: { min_score: 0.3 },
    },
    "MEDIUM 0.88",
  ],
  [
    "a score at the limit",
    {
      ...answered,
      facts: { retrievals: 1, retrieval_min_results: 3, retrieval_min_score: 0.3 },
      thresholds: { min_score: 0.3 },
    },
    "clear",
  ],
  ["no final answer", { exit_reason: "completed", facts: { retrievals: 1, retrieval_min_results: 0 } }, "clear"],
];

describe("RAG_EMPTY_RETRIEVAL", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(ragEmptyRetrieval, input)).toBe(outcome));

  const retrievals = [
    { index_name: "docs", step: 2, result_count: 5, top_score: 0.8 },
    { index_name: "faq", step: 4, result_count: 0, top_score: null },
    { index_name: "wiki", step: 6, result_count: 4, top_score: 0.1 },
  ];
  const facts = { retrievals: 3, retrieval_min_results: 0, retrieval_min_score: 0.1 };

  it("shows the retrieval with the fewest results", () => {
    const findings = testFindings(
      ragEmptyRetrieval,
      { ...answered, facts, thresholds: { min_score: 0.3 } },
      { retrievals },
    );
    expect(ragEmptyRetrieval.evidence(findings)).toEqual({
      index_name: "faq",
      result_count: 0,
      top_score: null,
      bad_retrievals: 2,
      ...facts,
    });
    expect(ragEmptyRetrieval.step(findings)).toBe(4);
    expect(ragEmptyRetrieval.explain(findings).title).toBe("Answered although faq found nothing");
  });

  it("speaks of a low score as such", () => {
    const low = { ...facts, retrieval_min_results: 4 };
    const findings = testFindings(
      ragEmptyRetrieval,
      { ...answered, facts: low, thresholds: { min_score: 0.3 } },
      { retrievals: retrievals.slice(2) },
    );
    const { title, what } = ragEmptyRetrieval.explain(findings);
    expect(title).toBe("Answered although wiki found nothing relevant");
    expect(what).toContain("The best score was 0.1, below 0.3.");
  });

  it("stays with the facts when the bad retrieval is beyond the evidence kept", () => {
    const findings = testFindings(ragEmptyRetrieval, { ...answered, facts }, { retrievals: retrievals.slice(0, 1) });
    expect(ragEmptyRetrieval.evidence(findings)).toEqual(facts);
    expect(ragEmptyRetrieval.step(findings)).toBeUndefined();
    expect(ragEmptyRetrieval.explain(findings).title).toBe("Answered although the retriever found nothing");
  });
});
