import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A fake model on a free port of loopback. */
export interface ModelServer {
  /** Without a path. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server that leaves each request to `answer`. */
export async function serveModel(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<ModelServer> {
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

/** The body of a request, as it was sent. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of request) body += String(piece);
  return body;
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}
