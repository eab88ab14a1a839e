import { createServer, type IncomingMessage } from "node:http";
import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { dunetraceErrorMiddleware, dunetraceMiddleware } from "../../src/integrations/express";
import { dunetracePlugin } from "../../src/integrations/fastify";
import { dunetraceHandler } from "../../src/integrations/fetch-handler";
import { instrumentFetch, instrumentHttp } from "../../src/integrations/http";
import { dunetraceListener } from "../../src/integrations/node-http";
import { listening, portOf, type Running, send } from "../../src/integrations/requests/testing/server";
import { type Dunetrace, getCurrentRun } from "../../src/sdk";
import type { Canaries, Way } from "./canaries";

/** Options that hand content of a request over, as applications do, and one that throws. */
function optionsOf<R>(canaries: Canaries) {
  return {
    inputFrom: (_request: R) => ({ question: canaries.plant("input of a request") }),
    userId: (_request: R) => canaries.plant("user id"),
    sessionId: (_request: R): string => {
      throw canaries.error("option that throws");
    },
    systemPrompt: canaries.plant("system prompt"),
  };
}

/** Requests with content everywhere, of which every second one fails; the answers are read. */
async function request({ port, close }: Running, { plant }: Canaries): Promise<void> {
  try {
    for (const path of ["/answer", "/throw"]) {
      await send(port, `${path}?token=${plant("query")}#${plant("fragment")}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${plant("header")}`,
          cookie: `id=${plant("cookie")}`,
          "content-type": "text/plain",
        },
        body: plant("body"),
      });
    }
  } finally {
    await close();
  }
}

/** What the handlers do: a tool with content, and an answer or an error. */
async function handle(url: string | undefined, { plant, error }: Canaries): Promise<string> {
  getCurrentRun()
    ?.toolCalled("lookup", { q: plant("tool arguments") })
    .responded({ output: plant("tool result") });
  if (url?.startsWith("/throw") === true) throw error("handler");
  return plant("answer");
}

const server = (start: (dt: Dunetrace, canaries: Canaries) => Promise<Running>): Way => ({
  isWrittenInFull: true,
  play: async ({ dt }, canaries) => {
    await request(await start(dt, bound(canaries)), canaries);
    return undefined;
  },
});

/** Handlers take methods of canaries apart. */
const bound = (canaries: Canaries): Canaries => Object.assign(canaries, { error: canaries.error.bind(canaries) });

export const nodeHttp = server((dt, canaries) => {
  const listener = dunetraceListener(
    dt,
    async (req, res) => {
      res.end(await handle(req.url, canaries));
    },
    optionsOf<IncomingMessage>(canaries),
  );
  return listening(
    createServer((req, res) => {
      Promise.resolve(listener(req, res)).catch(() => res.writeHead(500).end());
    }),
  );
});

export const overExpress = server((dt, canaries) => {
  const app = express();
  app.use(dunetraceMiddleware(dt, optionsOf(canaries)));
  app.post("/:page", async (req, res) => {
    res.send(await handle(req.url, canaries));
  });
  app.use(dunetraceErrorMiddleware());
  app.use((_error: unknown, _req: unknown, res: express.Response, _next: unknown) => {
    res.sendStatus(500);
  });
  return listening(createServer(app));
});

export const overFastify = server(async (dt, canaries) => {
  const app = fastify({ forceCloseConnections: true });
  await app.register(dunetracePlugin, { dt, ...optionsOf(canaries) });
  app.post("/:page", async ({ url }) => handle(url, canaries));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: portOf(app.server), close: () => app.close() };
});

export const overFetch = server(async (dt, canaries) => {
  const fetchHandler = dunetraceHandler(
    dt,
    async (asked: Request) => new Response(await handle(new URL(asked.url).pathname, canaries)),
    optionsOf<Request>(canaries),
  );
  const fetch = async (asked: Request): Promise<Response> => {
    try {
      return await fetchHandler(asked);
    } catch {
      return new Response(null, { status: 500 });
    }
  };
  return new Promise((resolve) => {
    const running = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ port, close: () => new Promise((closed) => running.close(() => closed())) }),
    );
  });
});

/** Outgoing requests as tools: only hashes of address and body, whatever is captured. */
export const outgoing: Way = {
  isWrittenInFull: false,
  play: async ({ dt }, { plant }) => {
    const { port, close } = await listening(createServer((_req, res) => res.writeHead(404).end(plant("answer"))));
    const patched = [instrumentFetch(), instrumentHttp()];
    try {
      await dt.run("agent", async () => {
        const url = `http://127.0.0.1:${port}/${plant("path")}?token=${plant("query")}`;
        const headers = { authorization: plant("header") };
        await (await fetch(url, { method: "POST", headers, body: plant("body") })).text();
        await send(port, `/${plant("path of http")}?token=${plant("query of http")}`, {
          headers,
          body: plant("body of http"),
        });
        await fetch(`http://user:${plant("password")}@127.0.0.1:1/`).catch(() => undefined);
      });
    } finally {
      for (const { unpatch } of patched) unpatch();
      await close();
    }
  },
};
