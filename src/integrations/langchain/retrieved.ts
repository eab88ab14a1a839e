import type { RetrievalAnswer } from "../../sdk";
import { property, propertyAt } from "../models/values";

/** Where retrievers put the score of a document, among its metadata. */
const SCORES = ["score", "_score", "relevance_score", "relevanceScore"];

function scoreOf(document: unknown): number | undefined {
  for (const name of SCORES) {
    const score = propertyAt(document, ["metadata", name]);
    if (typeof score === "number" && Number.isFinite(score)) return score;
  }
  return undefined;
}

/** Counts what a retriever found. */
export function retrievedOf(documents: unknown): RetrievalAnswer {
  if (!Array.isArray(documents)) return {};
  const scores = documents.map(scoreOf).filter((score) => score !== undefined);
  const topScore = scores.length > 0 ? Math.max(...scores) : documents.length === 0 ? null : undefined;
  return { resultCount: documents.length, topScore };
}

/** What a tool answered: the content of its message, or the value itself. */
export function toolAnswerOf(output: unknown) {
  const isMessage = property(output, "tool_call_id") !== undefined && property(output, "content") !== undefined;
  const answer = isMessage ? property(output, "content") : output;
  return { success: property(output, "status") !== "error", output: answer };
}

/** The name of a component: that of its run, else that of its class. */
export function nameOf(runName: unknown, serialized: unknown): string {
  if (typeof runName === "string" && runName !== "") return runName;
  const given = property(serialized, "name");
  if (typeof given === "string" && given !== "") return given;
  const id = property(serialized, "id");
  const last: unknown = Array.isArray(id) ? id.at(-1) : undefined;
  return typeof last === "string" ? last : "";
}
