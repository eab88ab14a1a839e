import fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { getCurrentRun } from "../../sdk/context";
import { RecordedClient } from "../../sdk/testing/record";
import { ask } from "../requests/testing/apps";
import { begin, portOf, send, until } from "../requests/testing/server";
import { dunetracePlugin } from ".";

const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

function made(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  apps.push(app);
  return app;
}

const ended = (client: RecordedClient, count: number) =>
  until(() => client.types.filter((type) => /^run\.(completed|errored)$/.test(type)).length >= count, "runs to end");

describe("dunetracePlugin", () => {
  it("decorates requests, and is active in hooks and handlers", async () => {
    const client = new RecordedClient();
    const app = made();
    await app.register(dunetracePlugin, { dt: client.dt, agentId: "support" });
    const seen: (string | undefined)[] = [];
    for (const hook of ["onRequest", "preValidation", "preHandler"] as const) {
      app.addHook(hook, async () => {
        seen.push(getCurrentRun()?.runId);
      });
    }
    app.post("/chat/:id", async (request) => {
      seen.push(getCurrentRun()?.runId, request.dunetraceRun?.runId);
      return {};
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const headers = { "content-type": "application/json" };
    await send(portOf(app.server), "/chat/7", { method: "POST", headers, body: '{"a":1}' });
    await ended(client, 1);
    const [started] = client.of("run.started");
    expect(seen).toEqual(Array.from({ length: 5 }, () => started?.run_id));
    expect(started?.payload.attrs).toEqual({ transport: "http", method: "POST", route: "/chat/:id" });
  });

  it("reads the input from the parsed body", async () => {
    const client = new RecordedClient();
    const app = made();
    const inputFrom = ({ body }: { body: unknown }): unknown =>
      typeof body === "object" && body !== null ? Reflect.get(body, "question") : undefined;
    await app.register(dunetracePlugin, { dt: client.dt, inputFrom });
    app.post("/chat", async () => await ask("a1"));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const headers = { "content-type": "application/json" };
    await send(portOf(app.server), "/chat", { method: "POST", headers, body: '{"question":"hello"}' });
    await ended(client, 1);
    expect(client.of("run.started")[0]?.payload.input_hash).toBe("2cf24dba5fb0a30e");
    expect(client.of("run.completed")[0]?.payload.tool_call_count).toBe(1);
    const refused = await send(portOf(app.server), "/chat", { method: "POST", headers, body: "{" });
    expect(refused.status).toBe(400);
    expect(client.of("run.started")).toHaveLength(1);
  });

  it("keeps to the scope that registers it, and may be registered twice", async () => {
    const client = new RecordedClient();
    const app = made();
    app.get("/healthz", async (request) => ({ run: request.dunetraceRun ?? null }));
    await app.register(
      async (scope) => {
        await scope.register(dunetracePlugin, { dt: client.dt });
        await scope.register(dunetracePlugin, { dt: client.dt });
        scope.get("/chat", async (request) => ({ run: request.dunetraceRun?.runId }));
      },
      { prefix: "/api" },
    );
    const health = await app.inject("/healthz");
    const chat = await app.inject("/api/chat");
    await ended(client, 1);
    expect(health.json()).toEqual({ run: null });
    expect(chat.json()).toEqual({ run: client.of("run.started")[0]?.run_id });
    expect(client.types).toEqual(["run.started", "run.completed"]);
    expect(client.of("run.completed")[0]?.payload.attrs?.route).toBe("/api/chat");
  });

  it("ends with answers that are written by hand", async () => {
    const client = new RecordedClient();
    const app = made();
    await app.register(dunetracePlugin, { dt: client.dt });
    let finish = (): void => undefined;
    app.get("/sse", (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { "content-type": "text/event-stream" });
      reply.raw.write("data: one\n\n");
      finish = () => reply.raw.end("data: two\n\n");
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const [, answer] = await begin(portOf(app.server), "/sse");
    await new Promise((resolve) => answer.once("data", resolve));
    expect(client.types).toEqual(["run.started"]);
    finish();
    await ended(client, 1);
    expect(client.of("run.completed")[0]?.payload).toMatchObject({ exit_reason: "final_answer" });
  });

  it("counts refused requests as completed, whatever was thrown", async () => {
    const client = new RecordedClient();
    const app = made();
    await app.register(dunetracePlugin, { dt: client.dt });
    app.get("/", async () => {
      throw Object.assign(new Error("x"), { statusCode: 422 });
    });
    expect((await app.inject("/")).statusCode).toBe(422);
    await ended(client, 1);
    expect(client.of("run.completed")[0]?.payload).toMatchObject({ exit_reason: "completed", attrs: { status: 422 } });
  });

  it("says what is wrong with its options when it is loaded", async () => {
    const app = made();
    const { dt } = new RecordedClient();
    app.register(dunetracePlugin, Object.assign({ dt }, { agentid: "support" }));
    await expect(async () => await app.ready()).rejects.toThrow(/Unknown option "agentid" of dunetracePlugin/);
  });
});
