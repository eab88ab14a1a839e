import { once } from "node:events";
import { Dunetrace } from "dunetrace-grafana";
import { dunetraceErrorMiddleware, dunetraceMiddleware } from "dunetrace-grafana/express";
import express, { type ErrorRequestHandler } from "express";
import { answer } from "../shared/museumAgent";
import { askAll } from "../shared/visitors";

const dt = new Dunetrace({ emitAsJson: true });
const app = express();
app.use(express.json());
// Behind the parser whose `req.body` it reads, and on the routes of the agent alone: health checks are no runs.
app.use("/chat", dunetraceMiddleware(dt, { agentId: "museum-guide", inputFrom: (req) => req.body.question }));
app.post("/chat", async (req, res) => {
  const { question } = req.body;
  if (question === "") res.status(400).json({ error: "Ask something." });
  else res.json({ answer: await answer(question) });
});
// Tells the run what was thrown, and passes it on to whoever answers.
app.use(dunetraceErrorMiddleware());
const answerErrors: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(500).json({ error: "Something went wrong." });
};
app.use(answerErrors);

const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("the server has no port");
await askAll(`http://127.0.0.1:${address.port}/chat`);

server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
await dt.shutdown();
