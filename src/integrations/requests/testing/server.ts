import { once } from "node:events";
import { type Agent, type ClientRequest, type IncomingMessage, request, type Server } from "node:http";

/** A server on a free port of the loopback interface. */
export interface Running {
  readonly port: number;
  close(): Promise<void>;
}

/** The port of a server that listens. */
export function portOf(server: Pick<Server, "address">): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

/** Listens with a server. */
export async function listening(server: Server): Promise<Running> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: portOf(server),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Begins a request; its answer is read by the caller. */
export async function begin(port: number, path: string, sent: Sent = {}): Promise<[ClientRequest, IncomingMessage]> {
  const { method = "GET", headers = {}, body, agent = false } = sent;
  const asked = request({ host: "127.0.0.1", port, path, method, headers, agent });
  asked.end(body);
  const [answer] = await once(asked, "response");
  return [asked, answer];
}

/** Sends a request and reads its whole answer. */
export async function send(port: number, path: string, sent: Sent = {}): Promise<Answer> {
  const [, answer] = await begin(port, path, sent);
  let body = "";
  answer.setEncoding("utf8");
  for await (const chunk of answer) body += String(chunk);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

/** Waits for a condition, 5 s at most. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited 5 s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
