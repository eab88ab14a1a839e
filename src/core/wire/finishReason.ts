import type { FinishReason } from "./terms";

const NAMES: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["STOP", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["MAX_TOKENS", "length"],
  ["tool_calls", "tool_calls"],
  ["tool_use", "tool_calls"],
  ["function_call", "tool_calls"],
  ["content_filter", "content_filter"],
  ["content-filter", "content_filter"],
  ["SAFETY", "content_filter"],
  ["refusal", "content_filter"],
  ["error", "error"],
]);

/** The one vocabulary for a provider's finish reason, or undefined when it is none of the known ones. */
export function normaliseFinishReason(reason: string): FinishReason | undefined {
  return NAMES.get(reason);
}
