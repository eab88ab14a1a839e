import type { LlmAnswer } from "../../sdk";
import { property, propertyAt } from "../models/values";

type Usage = Pick<
  LlmAnswer,
  "promptTokens" | "completionTokens" | "cacheReadTokens" | "cacheWriteTokens" | "reasoningTokens"
>;

const count = (value: unknown): number | undefined => (typeof value === "number" && value >= 0 ? value : undefined);

/** The first of several names under which a count may stand; names with dots are paths. */
function countAt(usage: unknown, names: readonly string[]): number | undefined {
  for (const name of names) {
    const found = count(propertyAt(usage, name.split(".")));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names of LangChain, of OpenAI, Anthropic, Google, Bedrock and Ollama, as their packages pass them on. */
const PROMPT = [
  "input_tokens",
  "promptTokens",
  "prompt_tokens",
  "inputTokens",
  "promptTokenCount",
  "prompt_eval_count",
];
const COMPLETION = [
  "output_tokens",
  "completionTokens",
  "completion_tokens",
  "outputTokens",
  "candidatesTokenCount",
  "eval_count",
];
const CACHE_READ = [
  "input_token_details.cache_read",
  "cache_read_input_tokens",
  "prompt_tokens_details.cached_tokens",
  "input_tokens_details.cached_tokens",
  "cacheReadInputTokens",
  "cachedContentTokenCount",
];
const CACHE_WRITE = ["input_token_details.cache_creation", "cache_creation_input_tokens", "cacheWriteInputTokens"];
const REASONING = [
  "output_token_details.reasoning",
  "completion_tokens_details.reasoning_tokens",
  "output_tokens_details.reasoning_tokens",
  "thoughtsTokenCount",
];

/** Where usage may stand, the most exact first. */
function placesOf(output: unknown, generation: unknown): readonly unknown[] {
  const message = property(generation, "message");
  const metadata = property(message, "response_metadata");
  const llmOutput = property(output, "llmOutput");
  const info = property(generation, "generationInfo");
  return [
    property(message, "usage_metadata"),
    property(llmOutput, "tokenUsage"),
    property(llmOutput, "estimatedTokenUsage"),
    property(llmOutput, "usage"),
    property(metadata, "usage"),
    property(metadata, "tokenUsage"),
    property(metadata, "usage_metadata"),
    property(metadata, "usageMetadata"),
    property(info, "usage"),
    property(info, "tokenUsage"),
    property(info, "usage_metadata"),
    metadata,
    info,
  ];
}

/**
 * The tokens of an answer, from the first place that has any.
 *
 * @param output what LangChain tells when the model has answered
 * @param generation the first of its answers
 */
export function usageOf(output: unknown, generation: unknown): Usage {
  for (const place of placesOf(output, generation)) {
    const prompt = countAt(place, PROMPT);
    const completion = countAt(place, COMPLETION);
    // No call has a prompt of 0 tokens: where that is said, nothing is known.
    if ((prompt ?? 0) === 0 && (completion ?? 0) === 0) continue;
    const cacheReadTokens = countAt(place, CACHE_READ);
    const cacheWriteTokens = countAt(place, CACHE_WRITE);
    const cached = (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0);
    // Anthropic's own counts leave the cached parts out of the prompt; LangChain's include them.
    const leavesOut = property(place, "input_token_details") === undefined && isAnthropic(place);
    const isWithout = prompt !== undefined && (leavesOut || prompt < cached);
    return {
      promptTokens: prompt === 0 ? undefined : isWithout ? prompt + cached : prompt,
      completionTokens: completion,
      cacheReadTokens,
      cacheWriteTokens,
      reasoningTokens: countAt(place, REASONING),
    };
  }
  return {};
}

const isAnthropic = (place: unknown): boolean =>
  property(place, "cache_read_input_tokens") !== undefined ||
  property(place, "cache_creation_input_tokens") !== undefined;
