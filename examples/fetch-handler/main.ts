import { once } from "node:events";
import { serve } from "@hono/node-server";
import { dunetraceHono } from "dunetrace-grafana/fetch-handler";
import { Hono } from "hono";
import { answer } from "../shared/museumAgent";
import { askAll } from "../shared/visitors";
import { dt, POST } from "./route";

const app = new Hono();
app.get("/healthz", (c) => c.text("fine"));
// On the routes of the agent alone: health checks are no runs.
app.use("/chat", dunetraceHono(dt, { agentId: "museum-guide" }));
app.post("/chat", async (c) => {
  const { question } = await c.req.json();
  if (question === "") return c.json({ error: "Ask something." }, 400);
  return c.json({ answer: await answer(question) });
});

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
if (!server.listening) await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("the server has no port");
const url = `http://127.0.0.1:${address.port}`;
await (await fetch(`${url}/healthz`)).text();
await askAll(`${url}/chat`);
await new Promise((resolve) => server.close(resolve));

// The other way: one handler, wrapped by itself. Next.js calls it like this.
const body = JSON.stringify({ question: "When does the railway museum open?" });
console.error(await (await POST(new Request("http://localhost/api/chat", { method: "POST", body }))).text());
await dt.shutdown();
