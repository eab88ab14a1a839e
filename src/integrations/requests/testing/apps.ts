import { createServer, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { serve } from "@hono/node-server";
import express, { type NextFunction, type Request, type Response } from "express";
import fastify from "fastify";
import { Hono } from "hono";
import type { Dunetrace } from "../../../sdk/client";
import { getCurrentRun } from "../../../sdk/context";
import { dunetraceErrorMiddleware, dunetraceMiddleware } from "../../express";
import { dunetracePlugin } from "../../fastify";
import { dunetraceHandler, dunetraceHono } from "../../fetch-handler";
import { dunetraceListener } from "../../node-http";
import { listening, portOf, type Running } from "./server";

/** What the handlers of all servers do, in the terms of no framework. */
export interface Work {
  /** Resolves what a stream waits for between its first and its second piece. */
  readonly gate: Promise<void>;
}

/** Options that all integrations have and that read nothing of a request. */
export interface PlainOptions {
  readonly agentId?: string;
  readonly model?: string;
  readonly userId?: () => string;
  readonly sessionId?: () => string;
}

/** A server whose handlers are made runs by one integration. */
export interface App {
  readonly name: string;
  readonly source: string;
  /** The routes that it tells, null where it tells none. */
  readonly route: string | null;
  start(dt: Dunetrace, work: Work, options?: PlainOptions): Promise<Running>;
}

/** The error of the handlers; its text must stay in the process. */
export class AgentFault extends Error {
  override readonly name = "AgentFault";
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An agent: one tool call, told to the active run after other asynchronous work. */
export async function ask(id: string): Promise<{ id: string; run: string | undefined }> {
  await tick();
  const call = getCurrentRun()?.toolCalled("lookup", { id });
  await tick();
  call?.responded({ output: id });
  return { id, run: getCurrentRun()?.runId };
}

/** Two pieces of text, each with a tool call; between them the gate. */
export async function* pieces(work: Work): AsyncGenerator<string> {
  getCurrentRun()?.toolCalled("first").responded();
  yield "data: one\n\n";
  await work.gate;
  getCurrentRun()?.toolCalled("second").responded();
  yield "data: two\n\n";
}

/** Fails after its first piece. */
export async function* broken(): AsyncGenerator<string> {
  yield "one";
  await tick();
  throw new AgentFault("CANARY-error");
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  req.setEncoding("utf8");
  return await new Promise((resolve, reject) => {
    req.on("data", (chunk: string) => {
      getCurrentRun()?.toolCalled("read").responded();
      chunks.push(chunk);
    });
    req.on("end", () => resolve(chunks.join("")));
    req.on("error", reject);
  });
}

function idOf(url: string | undefined): string {
  return /\/json\/(\w+)/.exec(url ?? "")?.[1] ?? "";
}

const nodeHttp: App = {
  name: "node:http",
  source: "node:http",
  route: null,
  start: async (dt, work, options = {}) => {
    const handle = dunetraceListener(
      dt,
      async (req, res) => {
        const path = req.url?.split("?")[0] ?? "";
        if (path.startsWith("/json/")) {
          res.setHeader("content-type", "application/json");
          res.end(JSON.stringify(await ask(idOf(path))));
        } else if (path === "/echo") res.end(await textOf(req));
        else if (path === "/stream") await pipeline(Readable.from(pieces(work)), res).catch(() => undefined);
        else if (path === "/broken") await pipeline(Readable.from(broken()), res).catch(() => undefined);
        else if (path === "/throw") throw new AgentFault("CANARY-error");
        else if (path === "/unavailable") res.writeHead(503).end();
        else res.writeHead(404).end();
      },
      options,
    );
    return await listening(
      createServer((req, res) => {
        Promise.resolve(handle(req, res)).catch(() => res.writeHead(500).end());
      }),
    );
  },
};

const overExpress: App = {
  name: "express",
  source: "express",
  route: "/json/:id",
  start: async (dt, work, options = {}) => {
    const app = express();
    app.use(dunetraceMiddleware(dt, options));
    app.get("/json/:id", async (req, res) => {
      res.json(await ask(req.params.id));
    });
    app.post("/echo", async (req, res) => {
      res.send(await textOf(req));
    });
    app.get("/stream", async (_req, res) => {
      await pipeline(Readable.from(pieces(work)), res).catch(() => undefined);
    });
    app.get("/broken", async (_req, res) => {
      await pipeline(Readable.from(broken()), res).catch(() => undefined);
    });
    app.get("/throw", () => {
      throw new AgentFault("CANARY-error");
    });
    app.get("/unavailable", (_req, res) => {
      res.sendStatus(503);
    });
    app.use(dunetraceErrorMiddleware());
    app.use((_error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      res.sendStatus(500);
    });
    return await listening(createServer(app));
  },
};

const overFastify: App = {
  name: "fastify",
  source: "fastify",
  route: "/json/:id",
  start: async (dt, work, options = {}) => {
    const app = fastify({ forceCloseConnections: true });
    await app.register(dunetracePlugin, { dt, ...options });
    app.addContentTypeParser("text/plain", { parseAs: "string" }, (_request, body, done) => {
      getCurrentRun()?.toolCalled("read").responded();
      done(null, body);
    });
    app.get<{ Params: { id: string } }>("/json/:id", async (request) => await ask(request.params.id));
    app.post("/echo", async (request) => request.body);
    app.get("/stream", (_request, reply) => reply.send(Readable.from(pieces(work))));
    app.get("/broken", (_request, reply) => reply.send(Readable.from(broken())));
    app.get("/throw", async () => {
      throw new AgentFault("CANARY-error");
    });
    app.get("/unavailable", (_request, reply) => reply.code(503).send());
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { port: portOf(app.server), close: () => app.close() };
  },
};

/** A body that is made while it is read. */
export function streamOf(source: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await source.return(undefined);
    },
  });
}

function honoApp(work: Work, app = new Hono()): Hono {
  app.get("/json/:id", async (c) => c.json(await ask(c.req.param("id"))));
  app.post("/echo", async (c) => {
    const text = await c.req.text();
    getCurrentRun()?.toolCalled("read").responded();
    return c.text(text);
  });
  app.get("/stream", () => new Response(streamOf(pieces(work)), { headers: { "content-type": "text/event-stream" } }));
  app.get("/broken", () => new Response(streamOf(broken())));
  app.get("/throw", () => {
    throw new AgentFault("CANARY-error");
  });
  app.get("/unavailable", () => new Response(null, { status: 503 }));
  app.onError((_error, c) => c.text("failed", 500));
  return app;
}

async function served(fetch: Parameters<typeof serve>[0]["fetch"]): Promise<Running> {
  return await new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({
        port,
        close: () =>
          new Promise((closed) => {
            if ("closeAllConnections" in server) server.closeAllConnections();
            server.close(() => closed());
          }),
      }),
    );
  });
}

const overHono: App = {
  name: "hono",
  source: "hono",
  route: "/json/:id",
  start: async (dt, work, options = {}) => {
    const app = new Hono();
    app.use(dunetraceHono(dt, options));
    return await served(honoApp(work, app).fetch);
  },
};

const overFetch: App = {
  name: "a fetch handler",
  source: "fetch",
  route: null,
  start: async (dt, work, options = {}) => await served(dunetraceHandler(dt, honoApp(work).fetch, options)),
};

export const APPS: readonly App[] = [nodeHttp, overExpress, overFastify, overHono, overFetch];
