import type { Payloads } from "../../core/wire";
import type { WrittenEvent } from "../recordedEvent";
import { ascii, type ByteWriter } from "./byteWriter";
import { closeObject, putFields } from "./fieldBytes";

const label = (name: string): Uint8Array => ascii(`,"${name}":`);

const LABELS = {
  tool_name: label("tool_name"),
  args_hash: label("args_hash"),
  args_length: label("args_length"),
  output_length: label("output_length"),
  latency_ms: label("latency_ms"),
  error_hash: label("error_hash"),
  error_type: label("error_type"),
  model: label("model"),
  prompt_tokens: label("prompt_tokens"),
  provider: label("provider"),
  prompt_name: label("prompt_name"),
  prompt_version: label("prompt_version"),
  completion_tokens: label("completion_tokens"),
  cache_read_tokens: label("cache_read_tokens"),
  cache_write_tokens: label("cache_write_tokens"),
  reasoning_tokens: label("reasoning_tokens"),
  first_token_ms: label("first_token_ms"),
  finish_reason: label("finish_reason"),
  tool_call_count: label("tool_call_count"),
  output_hash: label("output_hash"),
  cost_usd: label("cost_usd"),
};
const SUCCESS = ascii(',"success":true');
const FAILURE = ascii(',"success":false');
const STREAMING = ascii(',"streaming":true');

/** @returns false when the text is not plain */
function putText(to: ByteWriter, name: Uint8Array, value: string | undefined): boolean {
  if (value === undefined) return true;
  to.copy(name);
  return to.quoted(value);
}

function putNumber(to: ByteWriter, name: Uint8Array, value: number | undefined): void {
  if (value === undefined) return;
  to.copy(name);
  to.number(value);
}

function putToolCalled(to: ByteWriter, payload: Payloads["tool.called"]): boolean {
  if (payload.args_shape !== undefined || payload.args !== undefined) return false;
  if (!putText(to, LABELS.tool_name, payload.tool_name) || !putText(to, LABELS.args_hash, payload.args_hash)) {
    return false;
  }
  putNumber(to, LABELS.args_length, payload.args_length);
  return true;
}

function putToolResponded(to: ByteWriter, payload: Payloads["tool.responded"]): boolean {
  if (payload.output_text !== undefined || payload.error_message !== undefined) return false;
  if (!putText(to, LABELS.tool_name, payload.tool_name)) return false;
  if (payload.success !== undefined) to.copy(payload.success ? SUCCESS : FAILURE);
  putNumber(to, LABELS.output_length, payload.output_length);
  putNumber(to, LABELS.latency_ms, payload.latency_ms);
  return putText(to, LABELS.error_hash, payload.error_hash) && putText(to, LABELS.error_type, payload.error_type);
}

function putLlmCalled(to: ByteWriter, payload: Payloads["llm.called"]): boolean {
  if (!putText(to, LABELS.model, payload.model)) return false;
  putNumber(to, LABELS.prompt_tokens, payload.prompt_tokens);
  if (!putText(to, LABELS.provider, payload.provider)) return false;
  if (payload.streaming === true) to.copy(STREAMING);
  return (
    putText(to, LABELS.prompt_name, payload.prompt_name) && putText(to, LABELS.prompt_version, payload.prompt_version)
  );
}

function putLlmResponded(to: ByteWriter, payload: Payloads["llm.responded"]): boolean {
  if (payload.output_text !== undefined || payload.error_message !== undefined) return false;
  if (!putText(to, LABELS.model, payload.model)) return false;
  putNumber(to, LABELS.prompt_tokens, payload.prompt_tokens);
  putNumber(to, LABELS.completion_tokens, payload.completion_tokens);
  putNumber(to, LABELS.cache_read_tokens, payload.cache_read_tokens);
  putNumber(to, LABELS.cache_write_tokens, payload.cache_write_tokens);
  putNumber(to, LABELS.reasoning_tokens, payload.reasoning_tokens);
  putNumber(to, LABELS.latency_ms, payload.latency_ms);
  putNumber(to, LABELS.first_token_ms, payload.first_token_ms);
  if (!putText(to, LABELS.finish_reason, payload.finish_reason)) return false;
  putNumber(to, LABELS.tool_call_count, payload.tool_call_count);
  if (!putText(to, LABELS.output_hash, payload.output_hash)) return false;
  putNumber(to, LABELS.output_length, payload.output_length);
  if (!putText(to, LABELS.error_hash, payload.error_hash) || !putText(to, LABELS.error_type, payload.error_type)) {
    return false;
  }
  putNumber(to, LABELS.cost_usd, payload.cost_usd);
  return true;
}

/**
 * Writes the payload of an event, keys in wire order. The events agents make most of are written key by key here: going
 * through the table of their fields takes twice as long.
 *
 * @returns false when this event is for the general encoder: it has raw content, or a name of it needs escaping
 */
export function putPayload(to: ByteWriter, event: WrittenEvent): boolean {
  const start = to.at;
  switch (event.event_type) {
    case "tool.called":
      if (!putToolCalled(to, event.payload)) return false;
      break;
    case "tool.responded":
      if (!putToolResponded(to, event.payload)) return false;
      break;
    case "llm.called":
      if (!putLlmCalled(to, event.payload)) return false;
      break;
    case "llm.responded":
      if (!putLlmResponded(to, event.payload)) return false;
      break;
    default:
      return putFields(to, event.event_type, event.payload);
  }
  closeObject(to, start);
  return true;
}
