import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};

/** A chat model, and a ticket office that is closed for the day, both on a free port of loopback. */
export async function startServices() {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith("/tickets") === true) return json(response, 503, { error: "closed" });
    json(response, 200, {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_795_168_800,
      model: "gpt-4o-mini-2024-07-18",
      choices: [
        { index: 0, message: { role: "assistant", content: "The ticket office is closed." }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: 64, completion_tokens: 9, total_tokens: 73 },
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the services have no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
