import type { Reply } from "./fakeModels";

const HEAD = { id: "msg_1", type: "message", role: "assistant", model: "claude-sonnet-5-5" };

export const USAGE = {
  input_tokens: 25,
  cache_creation_input_tokens: 100,
  cache_read_input_tokens: 1000,
  output_tokens: 33,
  service_tier: "standard",
};

/** A message that is not streamed. */
export function messageReply(content: readonly object[], stop_reason = "end_turn"): Reply {
  return {
    headers: { "request-id": "req_1" },
    json: { ...HEAD, content, stop_reason, stop_sequence: null, usage: USAGE },
  };
}

export const text = (value: string) => ({ type: "text", text: value, citations: null });
export const toolUse = (name: string, input: unknown) => ({ type: "tool_use", id: `toolu_${name}`, name, input });

const named = (data: { readonly type: string } & Record<string, unknown>) => ({ event: data.type, data });

/** The events of a streamed message with the given texts. */
export function messageEvents(texts: readonly string[], stop_reason = "end_turn") {
  return [
    named({
      type: "message_start",
      message: { ...HEAD, content: [], stop_reason: null, stop_sequence: null, usage: { ...USAGE, output_tokens: 1 } },
    }),
    named({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }),
    named({ type: "ping" }),
    ...texts.map((value) =>
      named({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: value } }),
    ),
    named({ type: "content_block_stop", index: 0 }),
    named({ type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 33 } }),
    named({ type: "message_stop" }),
  ];
}

/** The events of a streamed message that says something and calls a tool. */
export function toolUseEvents() {
  const [start, ...rest] = messageEvents(["Let me look."], "tool_use");
  const [stopped, ended] = [rest.at(-2), rest.at(-1)];
  if (start === undefined || stopped === undefined || ended === undefined) throw new Error("the events are not whole");
  return [
    start,
    ...rest.slice(0, -2),
    named({ type: "content_block_start", index: 1, content_block: { ...toolUse("search", {}) } }),
    named({
      type: "content_block_delta",
      index: 1,
      delta: { type: "input_json_delta", partial_json: '{"q":"CANARY-args"}' },
    }),
    named({ type: "content_block_stop", index: 1 }),
    stopped,
    ended,
  ];
}

export function errorReply(status: number, type: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, json: { type: "error", error: { type, message: `CANARY-error ${type}` } } };
}
