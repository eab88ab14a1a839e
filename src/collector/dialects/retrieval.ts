import { cutName, microsToMillis } from "../../core/wire";
import type { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import type { RetrievalSpan, SpanError } from "./component";
import { countAt, nameAt, numberAt, valueAt } from "./lookup";
import { at, inputText, listIn, parsed } from "./values";

/** OpenInference writes its results as one attribute for each field of each result. */
const FLATTENED = /^retrieval\.documents\.(\d+)\.document\.(score|id|content|metadata)$/;

interface Results {
  readonly count: number | undefined;
  readonly scores: readonly number[];
}

/** Reads a retrieval out of its span. */
export function retrievalOf(span: Span, content: Content, error: SpanError | undefined): RetrievalSpan {
  const index_name = cutName(nameAt(span, "index") ?? span.name);
  const called: RetrievalSpan["called"] = { index_name };
  const query = queryOf(span);
  if (query !== undefined) content.query(called, query);
  const { count, scores } = resultsOf(span);
  return {
    called,
    answer: {
      index_name,
      result_count: error === undefined ? count : undefined,
      top_score: scores.length > 0 ? Math.max(...scores) : count === 0 ? null : undefined,
      latency_ms: microsToMillis(span.end - span.start),
      ...error,
    },
  };
}

function queryOf(span: Span): string | undefined {
  const value = valueAt(span, "query");
  const query = at(parsed(value), "query");
  return typeof query === "string" ? query : inputText(value);
}

function resultsOf(span: Span): Results {
  const flattened = flattenedResults(span);
  const listed = flattened ?? listedResults(valueAt(span, "documents"));
  const top = numberAt(span, "topScore");
  return {
    count: countAt(span, "resultCount") ?? listed?.count,
    scores: top === undefined ? (listed?.scores ?? []) : [top],
  };
}

function listedResults(value: unknown): Results | undefined {
  const found = parsed(value);
  const documents = listIn(found) ?? listIn(at(found, "documents"));
  if (documents === undefined) return undefined;
  const scores = documents.map((document) => at(document, "score"));
  return { count: documents.length, scores: scores.filter((score) => typeof score === "number") };
}

function flattenedResults(span: Span): Results | undefined {
  const scores: number[] = [];
  // A number that an attribute names says nothing of how many there are.
  const indexes = new Set<string>();
  for (const name of span.attributes.keys()) {
    if (!name.startsWith("retrieval.documents.")) continue;
    const [, index, field] = FLATTENED.exec(name) ?? [];
    if (index === undefined) continue;
    indexes.add(index);
    const value = field === "score" ? span.attributes.get(name) : undefined;
    if (typeof value === "number") scores.push(value);
  }
  return indexes.size === 0 ? undefined : { count: indexes.size, scores };
}
