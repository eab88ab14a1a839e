import { Agent } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { RecordedClient } from "../../sdk/testing/record";
import { APPS, type PlainOptions } from "./testing/apps";
import { begin, type Running, send, until } from "./testing/server";

const ENDS = new Set(["run.completed", "run.errored"]);

describe.each(APPS)("runs over $name", ({ source, route, start }) => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  /** A server, the client that records its runs, and what opens the gate of its streams. */
  async function app(options: PlainOptions = { agentId: "support" }) {
    const client = new RecordedClient();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const running: Running = await start(client.dt, { gate }, options);
    stops.push(running.close);
    const ends = () => client.lines.filter(({ event_type }) => ENDS.has(event_type));
    const ended = (count: number) => until(() => ends().length >= count, `${count} runs to end`);
    return { client, open, ends, ended, port: running.port };
  }

  it("tells a request with its answer", async () => {
    const { client, ended, port } = await app({ agentId: "support", model: "gpt-4o", sessionId: () => "s1" });
    const { status, body } = await send(port, "/json/a1");
    await ended(1);
    const [started] = client.of("run.started");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ id: "a1", run: started?.run_id });
    expect(client.types).toEqual(["run.started", "tool.called", "tool.responded", "run.completed"]);
    expect(started).toMatchObject({ agent_id: "support", session_id: "s1", payload: { source, model: "gpt-4o" } });
    expect(started?.payload).toMatchObject({ input_hash: "", attrs: { transport: "http", method: "GET" } });
    const [completed] = client.of("run.completed");
    expect(completed?.payload).toMatchObject({ exit_reason: "final_answer", tool_call_count: 1 });
    expect(completed?.payload.attrs).toEqual(route === null ? { status: 200 } : { route, status: 200 });
    expect(client.dt.counters.faults).toBe(0);
  });

  it("ends with the body of a stream, made inside the run", async () => {
    const { client, open, ends, ended, port } = await app();
    const [, answer] = await begin(port, "/stream");
    const pieces: string[] = [];
    answer.setEncoding("utf8");
    answer.on("data", (piece: string) => pieces.push(piece));
    await until(() => pieces.length === 1, "the first piece");
    expect(client.types).toEqual(["run.started", "tool.called", "tool.responded"]);
    expect(ends()).toEqual([]);
    open();
    await ended(1);
    await until(() => pieces.length === 2, "the second piece");
    expect(pieces.join("")).toBe("data: one\n\ndata: two\n\n");
    expect(client.of("tool.called").map(({ payload }) => payload.tool_name)).toEqual(["first", "second"]);
    expect(ends()).toHaveLength(1);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("final_answer");
  });

  it("is aborted, and not failed, when the client goes away in the middle", async () => {
    const { client, open, ends, ended, port } = await app();
    const [asked, answer] = await begin(port, "/stream");
    answer.on("error", () => undefined);
    answer.once("data", () => asked.destroy());
    await ended(1);
    open();
    expect(client.of("run.errored")).toEqual([]);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("aborted");
    await send(port, "/json/a1");
    await ended(2);
    expect(ends()).toHaveLength(2);
  });

  it("fails with what a handler throws", async () => {
    const { client, ends, ended, port } = await app();
    expect((await send(port, "/throw")).status).toBe(500);
    await ended(1);
    expect(ends()).toHaveLength(1);
    const type = source === "fetch" ? "HttpStatus500" : "AgentFault";
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ exit_reason: "error", error_type: type });
  });

  it("fails when the body breaks", async () => {
    const { client, ends, ended, port } = await app();
    const [, answer] = await begin(port, "/broken");
    answer.on("error", () => undefined);
    answer.resume();
    await ended(1);
    expect(ends()).toHaveLength(1);
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ exit_reason: "error", error_type: "AgentFault" });
  });

  it("fails with an answer of 500 and more, and is completed with one of 400 and more", async () => {
    const { client, ended, port } = await app();
    expect((await send(port, "/unavailable")).status).toBe(503);
    await ended(1);
    expect((await send(port, "/missing")).status).toBe(404);
    await ended(2);
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ exit_reason: "error", error_type: "HttpStatus503" });
    const [completed] = client.of("run.completed");
    expect(completed?.payload).toMatchObject({ exit_reason: "completed", attrs: { status: 404 } });
  });

  it("is active while the body of the request arrives", async () => {
    const { client, ended, port } = await app();
    const { body } = await send(port, "/echo", {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "hello",
    });
    await ended(1);
    expect(body).toBe("hello");
    expect(client.of("tool.called").map(({ payload }) => payload.tool_name)).toEqual(["read"]);
  });

  it("keeps requests on one connection apart", async () => {
    const { client, ends, ended, port } = await app();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answers: unknown[] = [];
    for (const id of ["a1", "a2", "a3"]) answers.push(JSON.parse((await send(port, `/json/${id}`, { agent })).body));
    agent.destroy();
    await ended(3);
    const runs = client.of("run.started").map(({ run_id }) => run_id);
    expect(answers).toEqual(["a1", "a2", "a3"].map((id, index) => ({ id, run: runs[index] })));
    expect(new Set(runs).size).toBe(3);
    expect(ends().map(({ run_id }) => run_id)).toEqual(runs);
    expect(client.of("run.started").every(({ parent_run_id }) => parent_run_id === undefined)).toBe(true);
  });

  it("keeps concurrent requests apart", async () => {
    const { client, ends, ended, port } = await app();
    const ids = Array.from({ length: 40 }, (_, index) => `a${index}`);
    const answers = await Promise.all(ids.map(async (id) => JSON.parse((await send(port, `/json/${id}`)).body)));
    await ended(ids.length);
    expect(answers.map(({ id }) => id)).toEqual(ids);
    expect(new Set(answers.map(({ run }) => run)).size).toBe(ids.length);
    expect(ends()).toHaveLength(ids.length);
    expect(client.of("run.completed").every(({ payload }) => payload.tool_call_count === 1)).toBe(true);
  });

  it("tells HEAD, and no CORS preflight", async () => {
    const { client, ended, port } = await app();
    const preflight = { origin: "http://localhost", "access-control-request-method": "POST" };
    await send(port, "/json/a1", { method: "OPTIONS", headers: preflight });
    const head = await send(port, "/json/a1", { method: "HEAD" });
    await ended(1);
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(client.of("run.started").map(({ payload }) => payload.attrs?.method)).toEqual(["HEAD"]);
    await send(port, "/json/a1", { method: "OPTIONS" });
    await ended(2);
  });

  it("writes nothing of a request", async () => {
    const { client, ended, port } = await app({ agentId: "support", userId: () => "CANARY-user" });
    const headers = {
      cookie: "session=CANARY-cookie",
      authorization: "Bearer CANARY-key",
      "x-other": "CANARY-header",
      "content-type": "text/plain",
    };
    await send(port, "/json/CANARYparam?q=CANARY-query", { headers });
    await send(port, "/CANARY/path?q=CANARY-query", { headers });
    await send(port, "/throw?q=CANARY-query", { headers });
    await send(port, "/echo", { method: "POST", headers, body: "CANARY-body" });
    const [, answer] = await begin(port, "/broken?CANARY", { headers });
    answer.on("error", () => undefined);
    answer.resume();
    await ended(5);
    expect(client.texts.join("")).not.toContain("CANARY");
  });
});
