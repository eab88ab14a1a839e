import { isRecord } from "../../core/wire";
import type { Span } from "../otlp/span";
import { wholeCount } from "./lookup";
import { at, listIn, messageText, parsed } from "./values";

/** The answer of a model as Haystack's content tracing sends it. */
export interface Reply {
  readonly model: string | undefined;
  readonly finishReason: string | undefined;
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
  readonly cacheReadTokens: number | undefined;
  readonly cacheWriteTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  readonly text: string | undefined;
  readonly toolCalls: number | undefined;
  /** Of a streamed answer: when its first piece came, in the local time of the sender. */
  readonly firstPieceAt: string | undefined;
}

const OUTPUTS = ["haystack.component.output", "haystack.agent.step.llm.output"];
/** What providers call the parts of their usage, as Haystack's generators pass them on. */
const PROMPT = [["prompt_tokens"], ["input_tokens"], ["prompt_token_count"]];
const COMPLETION = [["completion_tokens"], ["output_tokens"], ["generated_token_count"], ["candidates_token_count"]];
const CACHED = [
  ["prompt_tokens_details", "cached_tokens"],
  ["input_tokens_details", "cached_tokens"],
  ["cache_read_input_tokens"],
  ["cached_content_token_count"],
];
const CACHE_WRITTEN = [
  ["cache_creation_input_tokens"],
  ["cache_write_input_tokens"],
  ["prompt_tokens_details", "cache_write_tokens"],
];
const REASONING = [
  ["completion_tokens_details", "reasoning_tokens"],
  ["output_tokens_details", "reasoning_tokens"],
  ["thoughts_token_count"],
];

/** The output of a component, without content tracing undefined. */
export function outputOf(span: Span): unknown {
  for (const name of OUTPUTS) {
    const output = span.attributes.get(name);
    if (output !== undefined && output !== "") return parsed(output);
  }
  return undefined;
}

/** The first reply of a generator; plain generators send their `meta` beside the replies. */
export function replyOf(span: Span): Reply | undefined {
  const output = outputOf(span);
  const first = listIn(at(output, "replies"))?.[0] ?? at(output, "last_message");
  if (first === undefined) return undefined;
  const reply = parsed(first);
  const meta = parsed(at(reply, "meta") ?? at(reply, "_meta") ?? listIn(at(output, "meta"))?.[0]);
  const usage = at(meta, "usage") ?? at(meta, "token_usage");
  const content = at(reply, "content") ?? at(reply, "_content");
  return {
    model: textAt(meta, "model"),
    finishReason: textAt(meta, "finish_reason") ?? textAt(meta, "stop_reason"),
    ...tokensIn(usage),
    text: messageText(isRecord(reply) ? { content } : reply),
    toolCalls: Array.isArray(content)
      ? content.filter((part) => at(part, "tool_call") !== undefined).length
      : undefined,
    firstPieceAt: textAt(meta, "completion_start_time"),
  };
}

function tokensIn(usage: unknown) {
  const promptTokens = firstCount(usage, PROMPT);
  const answerTokens = firstCount(usage, COMPLETION);
  const reasoningTokens = firstCount(usage, REASONING);
  const both = (answerTokens ?? 0) + (reasoningTokens ?? 0);
  // Gemini counts its thoughts beside the answer; its total has them.
  const isApart = reasoningTokens !== undefined && (promptTokens ?? 0) + both === at(usage, "total_tokens");
  return {
    promptTokens,
    completionTokens: isApart ? both : answerTokens,
    cacheReadTokens: firstCount(usage, CACHED),
    cacheWriteTokens: firstCount(usage, CACHE_WRITTEN),
    reasoningTokens,
  };
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}

function firstCount(usage: unknown, paths: readonly (readonly string[])[]): number | undefined {
  for (const path of paths) {
    const count = wholeCount(at(usage, ...path));
    if (count !== undefined) return count;
  }
  return undefined;
}

/** One call of a tool inside the span of a ToolInvoker. */
export interface InvokedTool {
  readonly name: string;
  readonly arguments: unknown;
  readonly id: string | undefined;
  readonly failed: boolean;
  readonly result: unknown;
}

/** The calls a ToolInvoker made; none without content tracing. */
export function invokedTools(span: Span): readonly InvokedTool[] {
  const messages = listIn(at(outputOf(span), "tool_messages")) ?? [];
  return messages.flatMap((message) => {
    const parts = at(message, "content") ?? at(message, "_content");
    return (Array.isArray(parts) ? parts : []).flatMap((part): InvokedTool[] => {
      const call = at(part, "tool_call_result");
      const name = textAt(at(call, "origin"), "tool_name");
      if (name === undefined) return [];
      return [
        {
          name,
          arguments: at(call, "origin", "arguments"),
          id: textAt(at(call, "origin"), "id"),
          failed: at(call, "error") === true,
          result: at(call, "result"),
        },
      ];
    });
  });
}
