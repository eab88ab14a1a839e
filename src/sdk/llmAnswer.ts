import type { Prices } from "../core/prices";
import { type Micros, normaliseFinishReason, type Payloads } from "../core/wire";
import type { LlmAnswer } from "./calls";
import type { Content } from "./content";
import { finiteNumber, optionalName, wholeNumber } from "./values";

/**
 * The payload of a model's answer.
 *
 * @param waited ms since the call, where it is known
 */
export function answerPayload(
  answer: LlmAnswer,
  waited: number | undefined,
  content: Content,
): Payloads["llm.responded"] {
  const { error, finishReason, output } = answer;
  const payload: Payloads["llm.responded"] = {
    model: optionalName(answer.model),
    prompt_tokens: wholeNumber(answer.promptTokens),
    completion_tokens: wholeNumber(answer.completionTokens),
    cache_read_tokens: wholeNumber(answer.cacheReadTokens),
    cache_write_tokens: wholeNumber(answer.cacheWriteTokens),
    reasoning_tokens: wholeNumber(answer.reasoningTokens),
    latency_ms: wholeNumber(answer.latencyMs) ?? waited,
    first_token_ms: wholeNumber(answer.firstTokenMs),
    finish_reason: typeof finishReason === "string" ? normaliseFinishReason(finishReason) : undefined,
    tool_call_count: wholeNumber(answer.toolCallCount),
    output_hash: undefined,
    output_length: wholeNumber(answer.outputLength),
    cost_usd: finiteNumber(answer.costUsd),
  };
  if (output !== undefined && output !== null) content.answer(payload, output);
  if (error !== undefined) {
    content.thrown(payload, error);
    payload.finish_reason = "error";
  }
  return payload;
}

/** USD of an answer whose model has a price and whose tokens are known. */
export function costOf(
  usage: Payloads["llm.responded"],
  model: string | undefined,
  provider: string | undefined,
  time: Micros,
  prices: Prices,
): number | undefined {
  const isMetered = usage.prompt_tokens !== undefined || usage.completion_tokens !== undefined;
  return model === undefined || !isMetered ? undefined : prices.cost(model, usage, provider, time);
}
