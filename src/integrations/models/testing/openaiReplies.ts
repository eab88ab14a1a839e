import type { Reply } from "./fakeModels";

export const USAGE = {
  prompt_tokens: 111,
  completion_tokens: 22,
  total_tokens: 133,
  prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 0 },
};

const HEAD = { id: "chatcmpl-1", created: 1_795_168_800, model: "gpt-4o-2024-08-06" };

/** A chat completion that is not streamed. */
export function chatReply(message: Readonly<Record<string, unknown>>, finish_reason = "stop"): Reply {
  return {
    json: {
      ...HEAD,
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", refusal: null, ...message }, logprobs: null, finish_reason }],
      usage: USAGE,
    },
  };
}

export const toolCall = (id: string, name: string, args: unknown) => ({
  id,
  type: "function",
  function: { name, arguments: JSON.stringify(args) },
});

function chunk(delta: Readonly<Record<string, unknown>>, finish_reason: string | null = null, more: object = {}) {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
  return { data: { ...HEAD, object: "chat.completion.chunk", choices, ...more } };
}

/** The events of a streamed chat completion with the given texts; with `usage` as include_usage asks for it. */
export function chatEvents(texts: readonly string[], usage: boolean, finish = "stop") {
  const more = usage ? { usage: null } : {};
  const last = { data: { ...HEAD, object: "chat.completion.chunk", choices: [], usage: USAGE } };
  return [
    chunk({ role: "assistant", content: "", refusal: null }, null, more),
    ...texts.map((content) => chunk({ content }, null, more)),
    chunk({}, finish, more),
    ...(usage ? [last] : []),
    { data: "[DONE]" },
  ];
}

/** The events of a streamed answer that calls two tools. */
export function toolEvents() {
  const call = (index: number, more: object) => chunk({ tool_calls: [{ index, ...more }] });
  return [
    chunk({ role: "assistant", content: null }),
    call(0, { id: "call_1", type: "function", function: { name: "search", arguments: "" } }),
    call(0, { function: { arguments: '{"q":"CANARY-args"}' } }),
    call(1, { id: "call_2", type: "function", function: { name: "lookup", arguments: "" } }),
    call(1, { function: { arguments: '{"id":2}' } }),
    chunk({}, "tool_calls"),
    { data: { ...HEAD, object: "chat.completion.chunk", choices: [], usage: USAGE } },
    { data: "[DONE]" },
  ];
}

export function errorReply(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, json: { error: { message: `CANARY-error ${code}`, type: code, param: null, code } } };
}

/** Says that the client may try again at once. */
export const RETRY_AT_ONCE = { "retry-after-ms": "1" };

/** A response of the Responses API. */
export function response(output: readonly object[], more: Readonly<Record<string, unknown>> = {}) {
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_795_168_800,
    status: "completed",
    error: null,
    incomplete_details: null,
    instructions: null,
    model: "gpt-4o-2024-08-06",
    output,
    parallel_tool_calls: true,
    tools: [],
    usage: {
      input_tokens: 36,
      input_tokens_details: { cached_tokens: 12 },
      output_tokens: 87,
      output_tokens_details: { reasoning_tokens: 40 },
      total_tokens: 123,
    },
    ...more,
  };
}

export const outputText = (text: string) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
});

export const functionCall = (name: string, args: unknown) => ({
  id: "fc_1",
  type: "function_call",
  call_id: "call_1",
  name,
  arguments: JSON.stringify(args),
  status: "completed",
});

/** The events of a streamed response with one text. */
export function responseEvents(texts: readonly string[], last: string, more: Readonly<Record<string, unknown>> = {}) {
  const events: Record<string, unknown>[] = [
    { type: "response.created", response: response([], { status: "in_progress", usage: null }) },
    { type: "response.in_progress", response: response([], { status: "in_progress", usage: null }) },
    { type: "response.output_item.added", output_index: 0, item: { ...outputText(""), content: [] } },
    {
      type: "response.content_part.added",
      item_id: "msg_1",
      output_index: 0,
      content_index: 0,
      part: { type: "output_text", text: "", annotations: [] },
    },
    ...texts.map((delta) => ({
      type: "response.output_text.delta",
      item_id: "msg_1",
      output_index: 0,
      content_index: 0,
      delta,
    })),
    { type: "response.output_item.done", output_index: 0, item: outputText(texts.join("")) },
    { type: last, response: response([outputText(texts.join(""))], more) },
  ];
  return events.map((data, sequence_number) => ({ event: String(data.type), data: { ...data, sequence_number } }));
}
