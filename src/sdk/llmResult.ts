import { isRecord } from "../core/wire";
import type { LlmAnswer } from "./calls";

type Fields = Readonly<Record<string, unknown>>;
/** `LlmAnswer` while it is filled in. */
type Answer = { -readonly [K in keyof LlmAnswer]: LlmAnswer[K] };

const NONE: Fields = {};

function record(value: unknown): Fields {
  return isRecord(value) ? value : NONE;
}

function records(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

/** The sum of what is known, undefined when nothing is. */
function sum(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, one) => total + one, 0);
}

/** Joined text parts; undefined when a part is neither text nor a list of text parts. */
function joinText(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  if (!Array.isArray(content)) return undefined;
  return records(content)
    .map((part) => text(part.text) ?? text(part.refusal) ?? "")
    .join("");
}

/** OpenAI chat completions, and the many servers that speak the same. */
function readChatCompletion(result: Fields): Answer | undefined {
  const choice = records(result.choices)[0];
  if (choice === undefined) return undefined;
  const message = record(choice.message);
  const usage = record(result.usage);
  const toolCalls = records(message.tool_calls).length + (isRecord(message.function_call) ? 1 : 0);
  return {
    model: text(result.model),
    promptTokens: count(usage.prompt_tokens),
    completionTokens: count(usage.completion_tokens),
    cacheReadTokens: count(record(usage.prompt_tokens_details).cached_tokens),
    reasoningTokens: count(record(usage.completion_tokens_details).reasoning_tokens),
    finishReason: text(choice.finish_reason),
    toolCallCount: toolCalls,
    output: (joinText(message.content) ?? "") + (text(message.refusal) ?? ""),
  };
}

/** Kinds of output items of the Responses API that call a tool of the application. */
const RESPONSE_TOOL_CALLS: ReadonlySet<unknown> = new Set([
  "function_call",
  "custom_tool_call",
  "mcp_approval_request",
]);

function responseFinish(result: Fields, toolCalls: number): string | undefined {
  switch (result.status) {
    case "completed":
      return toolCalls > 0 ? "tool_calls" : "stop";
    case "failed":
    case "cancelled":
      return "error";
    case "incomplete": {
      const reason = record(result.incomplete_details).reason;
      return reason === "max_output_tokens" ? "length" : text(reason);
    }
    default:
      return undefined;
  }
}

/** OpenAI Responses API. */
function readResponse(result: Fields): Answer {
  const items = records(result.output);
  const usage = record(result.usage);
  const toolCalls = items.filter(({ type }) => RESPONSE_TOOL_CALLS.has(type)).length;
  const messages = items.filter(({ type }) => type === "message");
  const answer: Answer = {
    model: text(result.model),
    promptTokens: count(usage.input_tokens),
    completionTokens: count(usage.output_tokens),
    cacheReadTokens: count(record(usage.input_tokens_details).cached_tokens),
    reasoningTokens: count(record(usage.output_tokens_details).reasoning_tokens),
    finishReason: responseFinish(result, toolCalls),
    toolCallCount: toolCalls,
    output: messages.map(({ content }) => joinText(content) ?? "").join(""),
  };
  if (isRecord(result.error)) answer.error = result.error;
  return answer;
}

/** Stop reasons of Anthropic that the shared vocabulary does not know. */
function messageFinish(reason: unknown): string | undefined {
  return reason === "model_context_window_exceeded" ? "length" : text(reason);
}

/** Anthropic messages: there input_tokens leaves the cached parts out. */
function readMessage(result: Fields): Answer {
  const parts = records(result.content);
  const usage = record(result.usage);
  const cacheRead = count(usage.cache_read_input_tokens);
  const cacheWrite = count(usage.cache_creation_input_tokens);
  const input = count(usage.input_tokens);
  return {
    model: text(result.model),
    promptTokens: input === undefined ? undefined : sum(input, cacheRead, cacheWrite),
    completionTokens: count(usage.output_tokens),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    finishReason: messageFinish(result.stop_reason),
    toolCallCount: parts.filter(({ type }) => type === "tool_use").length,
    output: joinText(parts.filter(({ type }) => type === "text")),
  };
}

/**
 * Reads what a model call resolved to: an OpenAI chat completion or response, an Anthropic message, or plain text.
 * Nothing is guessed: what the result does not say stays unknown.
 *
 * @returns what is known of the answer; an empty object for any other result
 */
export function readLlmResult(result: unknown): LlmAnswer {
  if (typeof result === "string") return { output: result };
  if (!isRecord(result)) return {};
  if (Array.isArray(result.choices)) return readChatCompletion(result) ?? {};
  if (result.object === "response" && Array.isArray(result.output)) return readResponse(result);
  if (result.type === "message" && Array.isArray(result.content)) return readMessage(result);
  return {};
}
