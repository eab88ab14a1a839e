import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string | null }[];
}

/** How often the model asks for its search before it gives up. */
const SEARCHES = 5;
const SEARCH = { name: "catalogue", arguments: '{"query":"button museum"}' };

/** A model that does not learn from an empty result, but does what a system message says. */
function completion({ model, messages }: Asked): object {
  const searched = messages.filter(({ role }) => role === "tool").length;
  const isTold = messages.some(({ role, content }) => role === "system" && content?.includes("without it") === true);
  const isDone = isTold || searched >= SEARCHES;
  const message = isDone
    ? { content: "I do not know when it opens." }
    : { content: null, tool_calls: [{ id: `call_${searched}`, type: "function", function: SEARCH }] };
  const prompt_tokens = 60 + 25 * messages.length;
  return {
    id: `chatcmpl-${searched}`,
    object: "chat.completion",
    created: 1_795_168_800,
    model,
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: isDone ? "stop" : "tool_calls" }],
    usage: { prompt_tokens, completion_tokens: 16, total_tokens: prompt_tokens + 16 },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const piece of request) body += String(piece);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(completion(JSON.parse(body))));
}

/** Starts the fake model on a free port of loopback. */
export async function startModelServer() {
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the model server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
