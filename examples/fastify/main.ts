import { Dunetrace } from "dunetrace-grafana";
import { dunetracePlugin } from "dunetrace-grafana/fastify";
import Fastify from "fastify";
import { answer } from "../shared/museumAgent";
import { askAll } from "../shared/visitors";

interface Chat {
  readonly Body: { readonly question: string };
}

const dt = new Dunetrace({ emitAsJson: true });
const app = Fastify();
app.get("/healthz", async () => "fine");
// In a scope of its own, beside the routes of the agent alone: health checks are no runs.
await app.register(async (chats) => {
  await chats.register(dunetracePlugin, { dt, agentId: "museum-guide", inputFrom: (request) => request.body });
  chats.post<Chat>("/chat", async ({ body: { question } }, reply) => {
    if (question === "") return reply.code(400).send({ error: "Ask something." });
    return { answer: await answer(question) };
  });
});

const address = await app.listen({ host: "127.0.0.1", port: 0 });
await (await fetch(`${address}/healthz`)).text();
await askAll(`${address}/chat`);
await app.close();
await dt.shutdown();
