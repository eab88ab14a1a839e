import type { Payloads } from "../wire/events";
import { pushFirst } from "./bounded";
import { MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";

/** retrieval_min_results and retrieval_min_score. */
export class RetrievalFacts {
  readonly #facts: Facts;
  readonly #answers: RunEvidence["retrievals"][number][] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get answers(): RunEvidence["retrievals"] {
    return this.#answers;
  }

  answered(answer: Payloads["retrieval.responded"], index_name: string | undefined, step: number): void {
    const { result_count, top_score } = answer;
    const facts = this.#facts;
    if (result_count !== undefined)
      facts.retrieval_min_results = Math.min(facts.retrieval_min_results ?? result_count, result_count);
    if (top_score !== undefined && top_score !== null) {
      facts.retrieval_min_score = Math.min(facts.retrieval_min_score ?? top_score, top_score);
    }
    pushFirst(this.#answers, { index_name, step, result_count, top_score }, MAX_EVIDENCE);
  }
}
