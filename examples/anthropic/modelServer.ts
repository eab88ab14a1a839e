import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** How many parts the answer has when no part may be longer than the limit. */
const PARTS = 4;

/** An answer of the messages API, cut at the limit until its last part. */
function message(asked: { readonly messages: readonly { readonly role: string }[] }): object {
  const given = asked.messages.filter(({ role }) => role === "assistant").length;
  return {
    id: `msg_${given}`,
    type: "message",
    role: "assistant",
    model: "claude-sonnet-5",
    content: [{ type: "text", text: "Buttons were made of shell, horn and bone, then" }],
    stop_reason: given + 1 < PARTS ? "max_tokens" : "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 40 + 70 * given, output_tokens: 64 },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const piece of request) body += String(piece);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(message(JSON.parse(body))));
}

/** Starts the fake model on a free port of loopback. */
export async function startModelServer() {
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the model server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
