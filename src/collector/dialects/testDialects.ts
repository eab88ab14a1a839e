import type { Span } from "../otlp/span";
import { content, span } from "../testSpans";
import { componentOf } from ".";

/** What is read of a span that is a call of a model. */
export function llm(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "llm") throw new Error(`${component.name} is ${component.kind}`);
  return component.llm;
}

/** Of tools. */
export function tools(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "tool") throw new Error(`${component.name} is ${component.kind}`);
  return component.uses;
}

/** Of a retriever. */
export function retrieval(from: Span) {
  const component = componentOf(from, { content });
  if (component.kind !== "retrieval") throw new Error(`${component.name} is ${component.kind}`);
  return component.retrieval;
}

export const chat = (attributes: Parameters<typeof span>[1]) =>
  span("chat", { "gen_ai.operation.name": "chat", ...attributes });
export const json = (value: unknown): string => JSON.stringify(value);
