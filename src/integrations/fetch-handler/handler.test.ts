import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { getCurrentRun } from "../../sdk/context";
import { RecordedClient } from "../../sdk/testing/record";
import { AgentFault, ask, streamOf } from "../requests/testing/apps";
import { dunetraceHandler, dunetraceHono, type WithRun } from ".";

const URL_CHAT = "http://localhost/api/chat?q=CANARY";
const post = (body: string, init: RequestInit = {}) => new Request(URL_CHAT, { method: "POST", body, ...init });
async function questionOf(request: Request): Promise<unknown> {
  const body: unknown = await request.json();
  return typeof body === "object" && body !== null ? Reflect.get(body, "question") : undefined;
}
const lastOf = (client: RecordedClient) => client.lines.at(-1);

describe("dunetraceHandler", () => {
  it("hands the run to a route handler of Next.js, whose context it keeps", async () => {
    const client = new RecordedClient();
    const POST = dunetraceHandler(
      client.dt,
      async (request: Request, context: WithRun<{ params: Promise<{ id: string }> }>) => {
        const { id } = await context.params;
        const question = await questionOf(request);
        return Response.json({ id, question, same: context.dunetraceRun === getCurrentRun() });
      },
      { agentId: "support", route: "/api/chat/[id]", inputFrom: questionOf },
    );
    const response = await POST(post('{"question":"hello"}'), { params: Promise.resolve({ id: "7" }) });
    expect(client.types).toEqual(["run.started"]);
    expect(await response.json()).toEqual({ id: "7", question: "hello", same: true });
    expect(client.of("run.started")[0]?.payload).toMatchObject({
      input_hash: "2cf24dba5fb0a30e",
      attrs: { transport: "http", method: "POST", route: "/api/chat/[id]" },
    });
    expect(client.of("run.completed")[0]?.payload.attrs).toEqual({ route: "/api/chat/[id]", status: 200 });
    expect(client.texts.join("")).not.toContain("CANARY");
  });

  it("copies no context that is shared or has methods, and adds one where there is none", async () => {
    const client = new RecordedClient();
    class BunServer {
      port = 3000;
    }
    const server = new BunServer();
    const seen: unknown[] = [];
    const handler = dunetraceHandler(client.dt, (_request: Request, ...rest: unknown[]) => {
      seen.push(rest[0]);
      return new Response(null, { status: 204 });
    });
    await handler(post(""), server);
    await handler(post(""));
    expect(seen[0]).toBe(server);
    expect(seen[1]).toEqual({ dunetraceRun: expect.objectContaining({ runId: client.of("run.started")[1]?.run_id }) });
    expect(client.of("run.completed")).toHaveLength(2);
  });

  it("keeps status, headers and bytes", async () => {
    const client = new RecordedClient();
    const headers = new Headers({ "content-type": "text/x", etag: "abc" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    const body = new Uint8Array([0, 255, 1, 128]);
    const made = () => new Response(body, { status: 207, statusText: "Many", headers });
    const response = await dunetraceHandler(client.dt, made)(post(""));
    const plain = made();
    expect([response.status, response.statusText]).toEqual([plain.status, plain.statusText]);
    expect([...response.headers]).toEqual([...plain.headers]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body);
    expect(lastOf(client)?.event_type).toBe("run.completed");
  });

  it("reads a body no faster than before, inside the run", async () => {
    const client = new RecordedClient();
    let pulled = 0;
    async function* counted(): AsyncGenerator<string> {
      for (;;) {
        pulled++;
        yield String(getCurrentRun() !== undefined);
      }
    }
    const response = await dunetraceHandler(client.dt, () => new Response(streamOf(counted())))(post(""));
    const reader = response.body?.getReader();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBeLessThanOrEqual(1);
    for (let read = 0; read < 3; read++) {
      const piece = await reader?.read();
      expect(new TextDecoder().decode(piece?.value)).toBe("true");
    }
    expect(pulled).toBeLessThanOrEqual(4);
    await reader?.cancel();
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("aborted");
  });

  it("is aborted by the signal of the request, while the handler works and while the body is read", async () => {
    const client = new RecordedClient();
    for (const early of [true, false]) {
      const abort = new AbortController();
      const handler = dunetraceHandler(client.dt, async () => {
        if (early) abort.abort();
        await ask("a1");
        return new Response("answer");
      });
      await handler(post("", { signal: abort.signal }));
      abort.abort();
    }
    expect(client.of("run.completed").map(({ payload }) => payload.exit_reason)).toEqual(["aborted", "aborted"]);
  });

  it("fails with what the handler throws, and not with the signs of a framework", async () => {
    const client = new RecordedClient();
    const thrown = [
      new AgentFault("x"),
      Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/CANARY;307;" }),
      new Response(null, { status: 303 }),
      new Response(null, { status: 502 }),
    ];
    for (const error of thrown) {
      const handler = dunetraceHandler(client.dt, async () => {
        throw error;
      });
      await expect(handler(post(""))).rejects.toBe(error);
    }
    const ends = client.lines.filter(({ event_type }) => /^run\.(completed|errored)$/.test(event_type));
    expect(ends.map(({ event_type }) => event_type)).toEqual([
      "run.errored",
      "run.completed",
      "run.completed",
      "run.errored",
    ]);
    expect(client.of("run.completed").map(({ payload }) => payload.exit_reason)).toEqual(["completed", "final_answer"]);
    expect(client.texts.join("")).not.toContain("CANARY");
  });

  it("lets odd calls and odd answers through", async () => {
    const client = new RecordedClient();
    const odd: unknown = dunetraceHandler(client.dt, () => new Response("x"));
    const call = async (...args: unknown[]): Promise<unknown> =>
      typeof odd === "function" ? await odd(...args) : undefined;
    expect(await call()).toBeInstanceOf(Response);
    expect(client.texts).toEqual([]);
    const locked = new Response("x");
    locked.body?.getReader();
    const handler: unknown = Reflect.apply(dunetraceHandler, undefined, [
      client.dt,
      (request: Request) => (request.method === "POST" ? locked : "text"),
    ]);
    const again = async (request: Request): Promise<unknown> =>
      typeof handler === "function" ? await handler(request) : undefined;
    expect(await again(post(""))).toBe(locked);
    expect(await again(new Request(URL_CHAT))).toBe("text");
    expect(client.of("run.completed")).toHaveLength(2);
  });

  it("reads no input where the option fails, and leaves the body to the handler", async () => {
    const client = new RecordedClient();
    const handler = dunetraceHandler(client.dt, async (request: Request) => new Response(await request.text()), {
      inputFrom: questionOf,
    });
    expect(await (await handler(post("no JSON"))).text()).toBe("no JSON");
    expect(client.of("run.started")[0]?.payload.input_hash).toBe("");
  });
});

describe("dunetraceHono", () => {
  it("is a middleware of Hono: run in the context, input, route and errors known", async () => {
    const client = new RecordedClient();
    const app = new Hono<{ Variables: { dunetraceRun: unknown } }>();
    app.use(
      "/users/*",
      dunetraceHono(client.dt, { agentId: "support", inputFrom: async (c) => await c.req.raw.clone().text() }),
    );
    const users = new Hono<{ Variables: { dunetraceRun: unknown } }>();
    users.post("/:user/chats/:chat", (c) => c.json({ same: c.get("dunetraceRun") === getCurrentRun() }));
    users.post("/:user/fail", () => {
      throw new AgentFault("x");
    });
    app.route("/users", users);
    app.get("/healthz", (c) => c.text("ok"));
    const init = { method: "POST", body: "hello" };
    const response = await app.request("/users/CANARY/chats/CANARY", init);
    expect(await response.json()).toEqual({ same: true });
    expect(await (await app.request("/healthz")).text()).toBe("ok");
    expect(client.of("run.started")[0]?.payload.input_hash).toBe("2cf24dba5fb0a30e");
    expect(client.of("run.completed")[0]?.payload.attrs?.route).toBe("/users/:user/chats/:chat");
    expect((await app.request("/users/CANARY/fail", init)).status).toBe(500);
    expect(client.types.filter((type) => type === "run.started")).toHaveLength(2);
    expect(client.texts.join("")).not.toContain("CANARY");
  });

  it("adds route and error to the run that a wrapped app has already", async () => {
    const client = new RecordedClient();
    const app = new Hono();
    app.use(dunetraceHono(client.dt));
    app.get("/chats/:chat", (c) => c.text("x"));
    app.get("/fail/:chat", () => {
      throw new AgentFault("x");
    });
    const fetch = dunetraceHandler(client.dt, app.fetch, { agentId: "outer" });
    await (await fetch(new Request("http://localhost/chats/7"))).text();
    await (await fetch(new Request("http://localhost/fail/7"))).text();
    expect(client.of("run.started").map(({ agent_id }) => agent_id)).toEqual(["outer", "outer"]);
    expect(client.of("run.completed")[0]?.payload.attrs).toEqual({ route: "/chats/:chat", status: 200 });
    expect(client.of("run.errored")[0]?.payload.error_type).toBe("AgentFault");
  });
});
