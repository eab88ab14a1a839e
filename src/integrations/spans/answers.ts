import { microsToMillis } from "../../core/wire";
import type { LlmAnswer, LlmCallOptions, RetrievalAnswer, ToolAnswer } from "../../sdk";
import { property } from "../models/values";
import { outputOf, toolCallsOf } from "./content";
import { countAt, listAt, parsed, textAt, valueAt } from "./lookup";
import { FIRST_TOKEN_EVENTS } from "./names";
import { errorOf, type SpanView } from "./span";

const STREAMS = /\.doStream$/;

/** What a span says of a model call when it starts. */
export function llmStartOf(span: SpanView): LlmCallOptions & { readonly model: string | undefined } {
  const said = valueAt(span, "streaming");
  return {
    model: textAt(span, "requestModel") ?? textAt(span, "responseModel"),
    // The AI SDK writes `openai.chat`, the others `openai`.
    provider: textAt(span, "provider")?.split(".", 1)[0],
    streaming: said === true || said === "true" || STREAMS.test(span.name) ? true : undefined,
  };
}

/** No call has a prompt of 0 tokens: where that is said, nothing is known. */
function usageOf(span: SpanView): LlmAnswer {
  const prompt = countAt(span, "promptTokens");
  const completion = countAt(span, "completionTokens");
  if (prompt === 0) return { completionTokens: completion === 0 ? undefined : completion };
  const cacheReadTokens = countAt(span, "cacheReadTokens");
  const cacheWriteTokens = countAt(span, "cacheWriteTokens");
  const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
  return {
    // Some senders leave the cached parts out of the prompt.
    promptTokens: prompt === undefined || prompt >= cached ? prompt : prompt + cached,
    completionTokens: completion,
    cacheReadTokens,
    cacheWriteTokens,
    reasoningTokens: countAt(span, "reasoningTokens"),
  };
}

/** Finish reasons of the AI SDK have hyphens, OpenLLMetry has `tool_call`. */
function finishOf(span: SpanView): string | undefined {
  const value = valueAt(span, "finishReason");
  const reason: unknown = listAt(span, "finishReason")?.[0] ?? value;
  if (typeof reason !== "string") return undefined;
  const plain = reason.replaceAll("-", "_");
  return plain === "tool_call" ? "tool_calls" : plain;
}

function firstTokenOf(span: SpanView): number | undefined {
  const millis = countAt(span, "firstTokenMillis");
  if (millis !== undefined) return millis;
  const seconds = countAt(span, "firstTokenSeconds");
  if (seconds !== undefined) return seconds * 1000;
  const event = span.events.find(({ name }) => FIRST_TOKEN_EVENTS.has(name));
  return event === undefined ? undefined : microsToMillis(Math.max(0, event.time - span.start));
}

const latencyOf = ({ start, end }: SpanView): number | undefined =>
  end === undefined ? undefined : microsToMillis(Math.max(0, end - start));

/** What a span says of a model's answer when it ends. */
export function llmAnswerOf(span: SpanView): LlmAnswer {
  return {
    ...usageOf(span),
    model: textAt(span, "responseModel"),
    latencyMs: latencyOf(span),
    firstTokenMs: firstTokenOf(span),
    finishReason: finishOf(span),
    toolCallCount: toolCallsOf(span),
    output: outputOf(span),
    error: errorOf(span),
  };
}

/** What a span says of a tool's answer; without a result its length is unknown. */
export function toolAnswerOf(span: SpanView): ToolAnswer {
  const result = parsed(valueAt(span, "toolResult"));
  const answer = { latencyMs: latencyOf(span), error: errorOf(span) };
  return result === undefined ? answer : { ...answer, output: result };
}

/** What a span says of what a retriever found. */
export function retrievalAnswerOf(span: SpanView): RetrievalAnswer {
  const value = parsed(valueAt(span, "documents"));
  const documents = Array.isArray(value) ? value : property(value, "documents");
  const flattened = Object.keys(span.attributes).flatMap((name) => {
    const index = /^retrieval\.documents\.(\d+)\./.exec(name)?.[1];
    return index === undefined ? [] : [Number(index)];
  });
  const scores = Array.isArray(documents)
    ? documents.map((document) => property(document, "score"))
    : Object.entries(span.attributes).flatMap(([name, score]) =>
        /^retrieval\.documents\.\d+\.document\.score$/.test(name) ? [score] : [],
      );
  const known = scores.filter((score): score is number => typeof score === "number");
  const listed = Array.isArray(documents) ? documents.length : undefined;
  const resultCount = listed ?? (flattened.length > 0 ? Math.max(...flattened) + 1 : undefined);
  const topScore = known.length > 0 ? Math.max(...known) : resultCount === 0 ? null : undefined;
  return { resultCount, topScore, latencyMs: latencyOf(span), error: errorOf(span) };
}
