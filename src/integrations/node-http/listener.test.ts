import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type ClientHttp2Session, connect, createServer as createHttp2Server } from "node:http2";
import { connect as connectTo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { getCurrentRun } from "../../sdk/context";
import { RecordedClient } from "../../sdk/testing/record";
import { AgentFault, ask } from "../requests/testing/apps";
import { begin, listening, portOf, send, until } from "../requests/testing/server";
import { dunetraceListener } from ".";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Listener = (req: IncomingMessage, res: ServerResponse) => unknown;

async function serving(listener: Listener, around: (wrapped: Listener) => Listener = (wrapped) => wrapped) {
  const client = new RecordedClient();
  const server = createServer(around(dunetraceListener(client.dt, listener)));
  const { port, close } = await listening(server);
  stops.push(close);
  return { client, port, server };
}

const ended = (client: RecordedClient, count: number) =>
  until(() => client.types.filter((type) => /^run\.(completed|errored)$/.test(type)).length >= count, "runs to end");

describe("dunetraceListener", () => {
  it("lets what a listener throws through, at once and later, and fails the run with it", async () => {
    const caught: unknown[] = [];
    const around =
      (wrapped: Listener): Listener =>
      async (req, res) => {
        try {
          await wrapped(req, res);
        } catch (error) {
          caught.push(error);
          res.writeHead(500).end();
        }
      };
    const error = new AgentFault("x");
    const { client, port } = await serving((req) => {
      if (req.url === "/now") throw error;
      return ask("a1").then(() => Promise.reject(error));
    }, around);
    await send(port, "/now");
    await send(port, "/later");
    await ended(client, 2);
    expect(caught).toEqual([error, error]);
    expect(client.of("run.errored").map(({ payload }) => payload.error_type)).toEqual(["AgentFault", "AgentFault"]);
  });

  it("keeps the answer that was given before something was thrown", async () => {
    const around =
      (wrapped: Listener): Listener =>
      (req, res) => {
        expect(() => wrapped(req, res)).toThrow(AgentFault);
      };
    const { client, port } = await serving((_req, res) => {
      res.end("answer");
      throw new AgentFault("x");
    }, around);
    await send(port, "/");
    await ended(client, 1);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("final_answer");
  });

  it.each([
    ["the response with an error", "AgentFault", (_req, res) => res.destroy(new AgentFault("x"))],
    ["the response", "AnswerCutShort", (_req, res) => res.destroy()],
    ["the socket", "AnswerCutShort", (req) => req.socket.destroy()],
  ] satisfies [string, string, Listener][])("fails when the program destroys %s", async (_name, type, destroy) => {
    const { client, port } = await serving((req, res) => {
      res.write("half", () => destroy(req, res));
    });
    const [, answer] = await begin(port, "/");
    answer.on("error", () => undefined);
    answer.resume();
    await ended(client, 1);
    expect(client.of("run.completed")).toEqual([]);
    expect(client.of("run.errored")[0]?.payload.error_type).toBe(type);
  });

  it("is aborted when the client gives up before the answer begins, and while it still sends", async () => {
    const { client, port } = await serving((req) => {
      req.on("error", () => undefined);
      req.resume();
    });
    for (const method of ["GET", "POST"]) {
      const asked = request({
        host: "127.0.0.1",
        port,
        method,
        headers: method === "POST" ? { "content-length": 9 } : {},
      });
      asked.on("error", () => undefined);
      asked.flushHeaders();
      if (method === "GET") asked.end();
      else asked.write("half");
      const before = client.of("run.completed").length;
      await until(() => client.of("run.started").length > before, "the run");
      asked.destroy();
      await ended(client, before + 1);
    }
    expect(client.of("run.completed").map(({ payload }) => payload.exit_reason)).toEqual(["aborted", "aborted"]);
    expect(client.of("run.errored")).toEqual([]);
  });

  it("is active in the listeners of request and response, but not over a run inside it", async () => {
    const seen: Record<string, string | undefined> = {};
    const { client, port } = await serving((req, res) => {
      req.on("data", () => {
        seen.data = getCurrentRun()?.runId;
        client.dt.run("inner", (inner) => {
          req.once("odd", () => {
            seen.inner = getCurrentRun() === inner ? "inner" : "outer";
          });
          req.emit("odd");
        });
      });
      req.on("end", () => {
        seen.end = getCurrentRun()?.runId;
        res.end("x");
      });
      res.on("close", () => {
        seen.close = getCurrentRun()?.runId;
      });
    });
    await send(port, "/", { method: "POST", body: "hello" });
    await until(() => "close" in seen, "the close of the response");
    const [outer, inner] = client.of("run.started");
    expect(seen).toEqual({ data: outer?.run_id, inner: "inner", end: outer?.run_id, close: undefined });
    expect(inner?.parent_run_id).toBe(outer?.run_id);
  });

  it("is active while the response drains", async () => {
    const seen: (string | undefined)[] = [];
    const { client, port } = await serving((_req, res) => {
      const piece = Buffer.alloc(65_536);
      let rounds = 0;
      const write = (): void => {
        seen.push(getCurrentRun()?.runId);
        rounds++;
        if (rounds > 3) res.end();
        else {
          while (res.write(piece));
          res.once("drain", write);
        }
      };
      write();
    });
    await send(port, "/");
    await ended(client, 1);
    const run = client.of("run.started")[0]?.run_id;
    expect(seen).toEqual([run, run, run, run]);
  });

  it("keeps pipelined requests apart", async () => {
    const seen: (string | undefined)[] = [];
    let answerFirst = (): void => undefined;
    const { client, port } = await serving((req, res) => {
      if (req.url === "/first") {
        answerFirst = () => res.end("first");
        return;
      }
      res.once("drain", () => {
        seen.push(getCurrentRun()?.runId);
        res.end();
      });
      res.write(Buffer.alloc(1_048_576));
    });
    const socket = connectTo(port, "127.0.0.1");
    socket.resume();
    const head = "HTTP/1.1\r\nhost: localhost\r\n\r\n";
    socket.write(`GET /first ${head}GET /second ${head}`);
    await until(() => client.of("run.started").length === 2, "both requests");
    answerFirst();
    await ended(client, 2);
    socket.destroy();
    expect(seen).toEqual([client.of("run.started")[1]?.run_id]);
  });

  it("leaves upgrades alone", async () => {
    const { client, port, server } = await serving((_req, res) => res.end());
    server.on("upgrade", (_req, socket) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhello");
    });
    const asked = request({ host: "127.0.0.1", port, headers: { connection: "upgrade", upgrade: "echo" } });
    asked.end();
    const [answer, , head] = await once(asked, "upgrade");
    expect([answer.statusCode, String(head)]).toEqual([101, "hello"]);
    expect(client.texts).toEqual([]);
  });

  it("works with the compatible API of HTTP/2", async () => {
    const client = new RecordedClient();
    const wrapped: unknown = dunetraceListener(client.dt, (req: IncomingMessage, res: ServerResponse) => {
      if (req.url === "/json") ask("a1").then(() => res.end("x"));
      else if (req.url === "/cut") res.write("half", () => res.destroy(new AgentFault("x")));
      else res.write("half");
    });
    const server = createHttp2Server();
    server.on("request", (req, res) => {
      if (typeof wrapped === "function") Reflect.apply(wrapped, server, [req, res]);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const session: ClientHttp2Session = connect(`http://127.0.0.1:${portOf(server)}`);
    stops.push(async () => {
      session.destroy();
      server.close();
      await once(server, "close");
    });
    const whole = session.request({ ":path": "/json" });
    whole.resume();
    await ended(client, 1);
    const half = session.request({ ":path": "/half" });
    half.on("error", () => undefined);
    half.once("data", () => half.close(8));
    await ended(client, 2);
    const cut = session.request({ ":path": "/cut" });
    cut.on("error", () => undefined);
    cut.resume();
    await ended(client, 3);
    expect(client.of("run.errored")).toHaveLength(1);
    const ends = client.of("run.completed").map(({ payload }) => [payload.exit_reason, payload.tool_call_count]);
    expect(ends).toEqual([
      ["final_answer", 1],
      ["aborted", 0],
    ]);
  });
});
