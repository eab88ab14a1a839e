import { describe, expect, it } from "vitest";
import { span } from "../testSpans";
import { json, retrieval } from "./testDialects";

describe("retrievals", () => {
  it("counts results and takes the best score however they are sent", () => {
    const documents = [{ score: 0.5 }, { score: 0.9 }];
    const spans = [
      span("retrieval", { "gen_ai.operation.name": "retrieval", "gen_ai.retrieval.documents": json(documents) }),
      span("haystack.component.run", {
        "haystack.component.type": "BM25Retriever",
        "haystack.component.output": json({ documents }),
      }),
      span("Retriever", {
        "openinference.span.kind": "RETRIEVER",
        "retrieval.documents.0.document.score": 0.5,
        "retrieval.documents.1.document.score": 0.9,
      }),
    ];
    for (const each of spans) expect(retrieval(each).answer).toMatchObject({ result_count: 2, top_score: 0.9 });
    const far = span("Retriever", {
      "openinference.span.kind": "RETRIEVER",
      "retrieval.documents.99999999.document.score": 1,
    });
    expect(retrieval(far).answer.result_count).toBe(1);
  });

  it("knows an empty result, also where OpenInference leaves its attributes out", () => {
    const empty = span("Retriever", {
      "openinference.span.kind": "RETRIEVER",
      "output.value": json({ documents: [] }),
    });
    expect(retrieval(empty).answer).toMatchObject({ result_count: 0, top_score: null });
    const counted = {
      "gen_ai.operation.name": "vector_db_retrieve",
      "traceloop.entity.output": json({ documents: [], count: 0 }),
    };
    expect(retrieval(span("vector_db_retrieve X", counted)).answer.result_count).toBe(0);
  });

  it("says nothing of results without content tracing", () => {
    const { answer } = retrieval(span("haystack.component.run", { "haystack.component.type": "BM25Retriever" }));
    expect([answer.result_count, answer.top_score]).toEqual([undefined, undefined]);
  });
});
