import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Dunetrace } from "dunetrace-grafana";
import { dunetraceListener } from "dunetrace-grafana/node-http";
import { answer } from "../shared/museumAgent";
import { askAll } from "../shared/visitors";

const dt = new Dunetrace({ emitAsJson: true });

async function questionOf(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of req) body += String(piece);
  const { question }: { question: string } = JSON.parse(body);
  return question;
}

async function chat(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const question = await questionOf(req);
  // The body is read here, so the input is told here.
  req.dunetraceRun?.input(question);
  if (question === "") res.writeHead(400).end("Ask something.");
  else res.end(await answer(question));
}

const listener = dunetraceListener(
  dt,
  (req, res) => chat(req, res).catch(() => res.writeHead(500).end("Something went wrong.")),
  { agentId: "museum-guide", route: "/chat", skip: (req) => req.url === "/healthz" },
);
const server = createServer(listener).listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("the server has no port");
await (await fetch(`http://127.0.0.1:${address.port}/healthz`)).text();
await askAll(`http://127.0.0.1:${address.port}/chat`);

server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
await dt.shutdown();
