import { createServer } from "node:http";
import express, { type NextFunction, type Request, type Response } from "express";
import { afterEach, describe, expect, it, vi } from "vitest";
import { getCurrentRun } from "../../sdk/context";
import { RecordedClient } from "../../sdk/testing/record";
import { dunetraceListener } from "../node-http";
import { AgentFault, ask } from "../requests/testing/apps";
import { begin, listening, send, until } from "../requests/testing/server";
import { dunetraceErrorMiddleware, dunetraceMiddleware } from ".";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A client and the port of an app that the test fills. */
async function serving(fill: (app: express.Express, client: RecordedClient) => void) {
  const client = new RecordedClient();
  const app = express();
  fill(app, client);
  const { port, close } = await listening(createServer(app));
  stops.push(close);
  const ended = (count: number) =>
    until(
      () => client.types.filter((type) => type === "run.completed" || type === "run.errored").length >= count,
      `${count} runs to end`,
    );
  return { client, port, ended };
}

const answerLast = (error: unknown, _req: Request, res: Response, _next: NextFunction): void => {
  res.status(error instanceof RangeError ? 400 : 500).json({ failed: true });
};

describe("dunetraceMiddleware", () => {
  it("reads the input from the body behind the parser", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      app.use(express.json());
      app.use(dunetraceMiddleware(dt, { inputFrom: (req) => req.body.question }));
      app.post("/chat", (req, res) => {
        res.json({ same: req.dunetraceRun === getCurrentRun(), run: req.dunetraceRun?.runId });
      });
    });
    const { body } = await send(port, "/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"question":"hello"}',
    });
    await ended(1);
    const [started] = client.of("run.started");
    expect(JSON.parse(body)).toEqual({ same: true, run: started?.run_id });
    expect(started?.payload).toMatchObject({ input_hash: "2cf24dba5fb0a30e", input_length: 5 });
  });

  it("stays active behind parsers that come later", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      app.use(dunetraceMiddleware(dt));
      app.use(express.json());
      app.post("/chat", async (_req, res) => {
        res.json(await ask("a1"));
      });
    });
    const headers = { "content-type": "application/json" };
    await send(port, "/chat", { method: "POST", headers, body: "{}" });
    await ended(1);
    expect(client.of("run.completed")[0]?.payload.tool_call_count).toBe(1);
  });

  it("tells the route of nested routers by its pattern", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      const chats = express.Router({ mergeParams: true });
      chats.get("/:chat", (_req, res) => {
        res.json({});
      });
      chats.get("/:chat/fail", () => {
        throw new AgentFault("x");
      });
      const users = express.Router();
      users.use("/users/:user/chats", chats);
      const admin = express();
      admin.get(["/a", "/b"], (_req, res) => {
        res.json({});
      });
      app.use(dunetraceMiddleware(dt));
      app.use("/api/v1", users);
      app.use("/admin", admin);
      app.use(/\/odd\/\d+/, users);
      app.get(/^\/exact\/\d+$/, (_req, res) => {
        res.json({});
      });
      app.use(answerLast);
    });
    const paths = [
      "/api/v1/users/alice%20b/chats/7?q=1",
      "/admin/a",
      "/odd/4242424/users/4242424/chats/alice",
      "/exact/4242424",
      "/api/v1/users/bob/nothing",
    ];
    for (const [index, path] of paths.entries()) {
      await send(port, path);
      await ended(index + 1);
    }
    expect(client.of("run.completed").map(({ payload }) => payload.attrs?.route)).toEqual([
      "/api/v1/users/:user/chats/:chat",
      "/admin/a|/b",
      "/odd/:part/users/:user/chats/:chat",
      "/^\\/exact\\/\\d+$/",
      undefined,
    ]);
    await send(port, "/api/v1/users/bob/chats/7/fail");
    await ended(paths.length + 1);
    expect(client.texts.join("")).not.toMatch(/alice|bob|4242424/);
  });

  it("masks where a router is mounted that has the middleware inside it", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      const chats = express.Router();
      chats.use(dunetraceMiddleware(dt));
      chats.get("/chats/:chat", (_req, res) => {
        res.json({});
      });
      app.use("/users/:user", chats);
      app.use("/direct/:user", dunetraceMiddleware(dt), (_req, res) => {
        res.json({});
      });
    });
    await send(port, "/users/alice/chats/bob");
    await ended(1);
    await send(port, "/direct/alice/bob");
    await ended(2);
    const routes = client.of("run.completed").map(({ payload }) => payload.attrs?.route);
    expect(routes).toEqual(["/:part/:part/chats/:chat", undefined]);
    expect(client.texts.join("")).not.toMatch(/alice|bob/);
  });

  it("tells what was thrown where the error middleware is there, the status where it is not", async () => {
    const fill =
      (telling: boolean) =>
      (app: express.Express, { dt }: RecordedClient): void => {
        app.use(dunetraceMiddleware(dt));
        app.get("/sync", () => {
          throw new AgentFault("x");
        });
        app.get("/async", async () => {
          await ask("a1");
          throw new AgentFault("x");
        });
        app.get("/next", (_req, _res, next) => next(new AgentFault("x")));
        app.get("/refused", () => {
          throw new RangeError("x");
        });
        if (telling) app.use(dunetraceErrorMiddleware());
        app.use(answerLast);
      };
    for (const telling of [true, false]) {
      const { client, port, ended } = await serving(fill(telling));
      for (const [index, path] of ["/sync", "/async", "/next", "/refused"].entries()) {
        await send(port, path);
        await ended(index + 1);
      }
      const type = telling ? "AgentFault" : "HttpStatus500";
      expect(client.of("run.errored").map(({ payload }) => payload.error_type)).toEqual([type, type, type]);
      expect(client.of("run.completed").map(({ payload }) => payload.attrs?.status)).toEqual([400]);
    }
  });

  it("fails when Express cuts an answer short, which is no abort of the client", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      app.set("env", "test");
      app.use(dunetraceMiddleware(dt));
      app.get("/half", (_req, res, next) => {
        res.write("half", () => next(new AgentFault("x")));
      });
      app.get("/told", (_req, res, next) => {
        res.write("half", () => next(new AgentFault("x")));
      });
      app.use("/told", dunetraceErrorMiddleware());
    });
    for (const [index, path] of ["/half", "/told"].entries()) {
      const [, answer] = await begin(port, path);
      answer.on("error", () => undefined);
      answer.resume();
      await ended(index + 1);
    }
    const types = client.of("run.errored").map(({ payload }) => payload.error_type);
    expect(types).toEqual(["AnswerCutShort", "AgentFault"]);
  });

  it("counts once where it is used twice, and inside dunetraceListener", async () => {
    const client = new RecordedClient();
    const app = express();
    app.use(dunetraceMiddleware(client.dt, { agentId: "outer" }));
    app.use("/chat", dunetraceMiddleware(client.dt, { agentId: "inner" }));
    app.get("/chat/:id", async (req, res) => {
      res.json(await ask(req.params.id));
    });
    const alone = await listening(createServer(app));
    const wrapped = await listening(createServer(dunetraceListener(client.dt, app, { agentId: "listener" })));
    stops.push(alone.close, wrapped.close);
    await send(alone.port, "/chat/a1");
    await send(wrapped.port, "/chat/a1");
    await until(() => client.of("run.completed").length === 2, "two runs");
    expect(client.of("run.started").map(({ agent_id }) => agent_id)).toEqual(["outer", "listener"]);
    const completed = client.of("run.completed").map(({ payload }) => [payload.attrs?.route, payload.tool_call_count]);
    expect(completed).toEqual([
      ["/chat/:id", 1],
      ["/chat/:id", 1],
    ]);
  });

  it("picks agents by route, and skips what is no run", async () => {
    const { client, port, ended } = await serving((app, { dt }) => {
      const skip = (req: Request) => req.path === "/healthz";
      app.use(dunetraceMiddleware(dt, { agentId: (req) => `agent-${req.path.slice(1)}`, route: "/:agent", skip }));
      app.use((req, res) => {
        res.json({ run: req.dunetraceRun?.runId ?? null });
      });
    });
    expect(JSON.parse((await send(port, "/healthz")).body)).toEqual({ run: null });
    await send(port, "/support");
    await ended(1);
    expect(client.of("run.started").map(({ agent_id }) => agent_id)).toEqual(["agent-support"]);
    expect(client.of("run.completed")[0]?.payload.attrs).toEqual({ route: "/:agent", status: 200 });
  });

  it("shares the run with the error middleware of another copy of the package", async () => {
    vi.resetModules();
    const other = await import(".");
    expect(other.dunetraceMiddleware).not.toBe(dunetraceMiddleware);
    const { client, port, ended } = await serving((app, { dt }) => {
      app.use(dunetraceMiddleware(dt));
      app.use(other.dunetraceMiddleware(dt, { agentId: "second" }));
      app.get("/throw", async () => {
        await ask("a1");
        throw new AgentFault("x");
      });
      app.use(other.dunetraceErrorMiddleware());
      app.use(answerLast);
    });
    await send(port, "/throw");
    await ended(1);
    const types = client.types.filter((type) => type !== "signal.detected");
    expect(types).toEqual(["run.started", "tool.called", "tool.responded", "run.errored"]);
    expect(client.of("run.errored")[0]?.payload.error_type).toBe("AgentFault");
  });
});
