import type { RunEvidence } from "../facts/evidence";
import { above, all, any, below, exitReason, missing, NEVER } from "./condition";
import { defineDetector } from "./define";
import { counted } from "./words";

type Settings = {
  readonly min_results: number;
  /** Off by default: scores have no common scale (cosine 0 to 1, BM25 open, RRF near 0.02). */
  readonly min_score: number | undefined;
};
type Retrieval = RunEvidence["retrievals"][number];

function isBad(results: number | undefined, score: number | null | undefined, limits: Settings): boolean {
  if (results !== undefined && results < limits.min_results) return true;
  return typeof score === "number" && limits.min_score !== undefined && score < limits.min_score;
}

/** The bad retrieval with the fewest results, of equals the one with the lowest score, then the first. */
function worst(retrievals: readonly Retrieval[]): Retrieval | undefined {
  return [...retrievals].sort(
    (a, b) => (a.result_count ?? Infinity) - (b.result_count ?? Infinity) || (a.top_score ?? 0) - (b.top_score ?? 0),
  )[0];
}

function badOnes(run: RunEvidence, limits: Settings): readonly Retrieval[] {
  return run.retrievals.filter((retrieval) => isBad(retrieval.result_count, retrieval.top_score, limits));
}

export const ragEmptyRetrieval = defineDetector<Settings>({
  type: "RAG_EMPTY_RETRIEVAL",
  label: "Empty retrieval",
  summary: "A final answer although a retrieval found nothing, or nothing good enough.",
  defaults: { min_results: 1, min_score: undefined },
  reads: ["retrievals", "retrieval_min_results", "retrieval_min_score"],
  live: "end",
  top: "MEDIUM",
  needs: ({ facts }) =>
    facts.retrievals > 0 && facts.retrieval_min_results === undefined ? "result counts of the retrievals" : undefined,
  rule({ facts, exit_reason, thresholds }) {
    if (exit_reason !== "final_answer") return undefined;
    if (!isBad(facts.retrieval_min_results, facts.retrieval_min_score, thresholds)) return undefined;
    return { severity: "MEDIUM", confidence: 0.88 };
  },
  conditions({ min_results, min_score }) {
    const poor = min_score === undefined ? NEVER : below("retrieval_min_score", min_score);
    return {
      missing: all(above("retrievals", 0), missing("retrieval_min_results")),
      tiers: [
        {
          severity: "MEDIUM",
          when: all(exitReason("final_answer"), any(below("retrieval_min_results", min_results), poor)),
        },
      ],
    };
  },
  evidence({ run, thresholds }) {
    const bad = badOnes(run, thresholds);
    const found = worst(bad);
    if (found === undefined) return {};
    return {
      index_name: found.index_name,
      result_count: found.result_count,
      top_score: found.top_score,
      bad_retrievals: bad.length,
    };
  },
  step: ({ run, thresholds }) => worst(badOnes(run, thresholds))?.step,
  explain({ facts, run, thresholds }) {
    const bad = run === undefined ? [] : badOnes(run, thresholds);
    const found = worst(bad);
    const index = found?.index_name ?? "the retriever";
    const results = found?.result_count ?? facts.retrieval_min_results;
    const score = found?.top_score ?? facts.retrieval_min_score;
    const isEmpty = results !== undefined && results < thresholds.min_results;
    const nothing = results === 0 ? "nothing" : isEmpty ? `only ${counted(results, "result")}` : "nothing relevant";
    const scored =
      isEmpty || score === undefined || score === null
        ? ""
        : ` The best score was ${score}, below ${thresholds.min_score}.`;
    const share = bad.length === 0 ? "" : `${bad.length} of ${counted(facts.retrievals, "retrieval")} came back so. `;
    return {
      title: `Answered although ${index} found ${nothing}`,
      what: `The agent gave a final answer although ${index} had found ${nothing} for its query.${scored}`,
      why: "The answer is not grounded in the documents, yet it looks to the user like any other.",
      evidence: `${share}Fewest results: ${facts.retrieval_min_results ?? "not known"}; lowest best score: ${facts.retrieval_min_score ?? "not known"}.`,
      fixes: [
        {
          description: "Check what came back before asking the model.",
          language: "typescript",
          code: `const documents = await retriever.search(query);
if (documents.length === 0) return "I found nothing about this in the documents.";`,
        },
        {
          description: "Tell the model what to do without documents.",
          language: "text",
          code: "Answer from the documents only. If there are none, say that you found nothing; do not answer from memory.",
        },
        {
          description:
            "Look into the index: is the content there, and do query and documents use the same embedding model?",
          language: "text",
          code: "1. Search the index for a sentence you know is in it.\n2. Compare the embedding model of ingestion and query.\n3. Remove filters one by one.",
        },
      ],
    };
  },
});
