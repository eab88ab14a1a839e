import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, sendJson, serveModel } from "../shared/modelServer";

interface Asked {
  readonly messages: readonly { readonly role: string }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

const HEAD = { id: "chatcmpl-1", created: 1_795_168_800, model: "gpt-4o-mini-2024-07-18" };
const ANSWER = ["It opens at ten", " and closes at five."];
const CALL = {
  id: "call_1",
  type: "function",
  function: { name: "opening_hours", arguments: '{"museum":"button museum"}' },
};

/** It wants to look the hours up first, then it knows. */
function completion({ messages }: Asked): object {
  const isFirst = messages.every(({ role }) => role !== "tool");
  const message = isFirst ? { content: null, tool_calls: [CALL] } : { content: ANSWER.join("") };
  return {
    ...HEAD,
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: isFirst ? "tool_calls" : "stop" }],
    usage: { prompt_tokens: 80, completion_tokens: 12, total_tokens: 92 },
  };
}

/** The pieces of a streamed answer; the last one has the usage where it was asked for. */
function chunks({ stream_options }: Asked): object[] {
  const chunk = (delta: object, finish_reason: string | null = null): object => ({
    ...HEAD,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const pieces = [...ANSWER.map((content) => chunk({ role: "assistant", content })), chunk({}, "stop")];
  if (stream_options?.include_usage !== true) return pieces;
  const usage = { prompt_tokens: 120, completion_tokens: 11, total_tokens: 131 };
  return [...pieces, { ...HEAD, object: "chat.completion.chunk", choices: [], usage }];
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked: Asked = JSON.parse(await bodyOf(request));
  if (asked.stream !== true) {
    sendJson(response, completion(asked));
    return;
  }
  response.setHeader("content-type", "text/event-stream");
  for (const chunk of chunks(asked)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end("data: [DONE]\n\n");
}

/** Starts the fake model. */
export const startModelServer = () => serveModel(answer);
