import { cutName, type FinishReason, microsToMillis, normaliseFinishReason, type Payloads } from "../../core/wire";
import type { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import type { LlmSpan, SpanError } from "./component";
import { replyOf } from "./haystack";
import { countAt, nameAt, numberAt, valueAt } from "./lookup";
import { FIRST_HAND_SCOPES, FIRST_TOKEN_EVENTS } from "./names";
import { at, listIn, messageText, parsed } from "./values";

/** Spellings of tracers, beside those of providers. */
const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ["tool_call", "tool_calls"],
  ["tool-calls", "tool_calls"],
  ["function-call", "tool_calls"],
  ["pause_turn", "stop"],
  ["completed", "stop"],
  ["complete", "stop"],
]);
const STREAMS = /\.doStream$/;
/** The tool calls of an answer, flattened into attributes: one name for each call. */
const FLATTENED_CALLS =
  /^(?:gen_ai\.completion\.0\.tool_calls\.\d+|llm\.output_messages\.0\.message\.tool_calls\.\d+\.tool_call\.function)\.name$/;

/** Reads a call of a model out of its span. */
export function llmOf(span: Span, content: Content, error: SpanError | undefined): LlmSpan {
  const reply = replyOf(span);
  const model = requestedModel(span) ?? reply?.model ?? nameAt(span, "responseModel");
  // The messages are parsed once; they may be long.
  const messages = listIn(valueAt(span, "outputMessages"));
  const first = firstTokenAt(span) ?? firstPieceOf(span, reply?.firstPieceAt);
  const called: Payloads["llm.called"] = {
    model: model === undefined ? undefined : cutName(model),
    provider: providerOf(span),
    streaming: first !== undefined || reply?.firstPieceAt !== undefined || isStreamed(span) ? true : undefined,
  };
  const answer: Payloads["llm.responded"] = {
    model: optionalName(nameAt(span, "responseModel") ?? reply?.model),
    ...usageOf(span, reply),
    latency_ms: microsToMillis(span.end - span.start),
    first_token_ms: first,
    finish_reason: finishOf(valueAt(span, "finishReason") ?? reply?.finishReason),
    tool_call_count: toolCallsOf(span, messages) ?? reply?.toolCalls,
  };
  const text = (messages === undefined ? nameAt(span, "outputText") : textOf(messages)) ?? reply?.text;
  if (text !== undefined) content.answer(answer, text);
  if (error !== undefined) Object.assign(answer, error, { finish_reason: "error" });
  return {
    called,
    answer,
    responseId: nameAt(span, "responseId"),
    isFirstHand: FIRST_HAND_SCOPES.some((scope) => span.scope.name.startsWith(scope)),
    scope: cutName(span.scope.name),
  };
}

function optionalName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : cutName(name);
}

/** The model that was asked for; OpenInference has it among the parameters alone. */
function requestedModel(span: Span): string | undefined {
  const named = nameAt(span, "requestModel");
  if (named !== undefined) return named;
  const model = at(parsed(valueAt(span, "requestParameters")), "model");
  return typeof model === "string" && model !== "" ? model : undefined;
}

function providerOf(span: Span): string | undefined {
  const said = nameAt(span, "provider");
  // OpenLLMetry 0.40 names the framework there, and the provider where LangChain does.
  const provider = said === "Langchain" ? nameAt(span, "frameworkProvider") : said;
  // Vercel writes `openai.chat`, the others `openai`.
  return optionalName(provider)?.split(".", 1)[0];
}

/** Token counts. No call has a prompt of 0 tokens: where that is sent, nothing is known. */
function usageOf(span: Span, reply: ReturnType<typeof replyOf>): Payloads["llm.responded"] {
  const cacheRead = countAt(span, "cacheReadTokens") ?? reply?.cacheReadTokens;
  const cacheWrite = countAt(span, "cacheWriteTokens") ?? reply?.cacheWriteTokens;
  const prompt = countAt(span, "promptTokens") ?? reply?.promptTokens;
  const completion = countAt(span, "completionTokens") ?? reply?.completionTokens;
  if (prompt === 0) return { completion_tokens: completion === 0 ? undefined : completion };
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  return {
    // Some senders leave the cached parts out of the prompt.
    prompt_tokens: prompt === undefined || prompt >= cached ? prompt : prompt + cached,
    completion_tokens: completion,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    reasoning_tokens: countAt(span, "reasoningTokens") ?? reply?.reasoningTokens,
  };
}

/** The one vocabulary for what senders write: text, a list, or a list as JSON, of which the first counts. */
export function finishOf(value: unknown): FinishReason | undefined {
  const reason = listIn(value)?.[0] ?? value;
  if (typeof reason !== "string") return undefined;
  const lower = reason.toLowerCase();
  return normaliseFinishReason(reason) ?? normaliseFinishReason(lower) ?? FINISH_REASONS.get(lower);
}

function isStreamed(span: Span): boolean {
  const said = valueAt(span, "streaming");
  return said === true || said === "true" || said === "True" || STREAMS.test(span.name);
}

function firstTokenAt(span: Span): number | undefined {
  const event = span.events.find(({ name }) => FIRST_TOKEN_EVENTS.has(name));
  if (event !== undefined) return microsToMillis(Math.max(0, event.time - span.start));
  const seconds = numberAt(span, "firstTokenSeconds");
  const millis = seconds === undefined ? numberAt(span, "firstTokenMillis") : seconds * 1000;
  return millis === undefined || millis < 0 ? undefined : Math.round(millis);
}

/** The offsets of all time zones are multiples of this, ms. */
const ZONES = 15 * 60_000;

/** ms from the request to the first piece, of which Haystack sends the local time without its zone. */
function firstPieceOf({ start, end }: Span, local: string | undefined): number | undefined {
  if (local === undefined) return undefined;
  const told = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(local) ? local : `${local}Z`);
  const after = (((told - Math.floor(start / 1000)) % ZONES) + ZONES) % ZONES;
  return after <= Math.ceil((end - start) / 1000) ? after : undefined;
}

function textOf(messages: readonly unknown[]): string {
  return messages.map((message) => messageText(message) ?? "").join("");
}

function toolCallsOf(span: Span, messages: readonly unknown[] | undefined): number | undefined {
  const listed = listIn(valueAt(span, "outputToolCalls"));
  if (listed !== undefined) return listed.length;
  if (messages !== undefined) {
    const parts = messages.flatMap((message) => listIn(at(message, "parts")) ?? []);
    return parts.filter((part) => at(part, "type") === "tool_call").length;
  }
  let flattened = 0;
  for (const name of span.attributes.keys()) if (name.endsWith(".name") && FLATTENED_CALLS.test(name)) flattened++;
  return flattened === 0 ? undefined : flattened;
}
