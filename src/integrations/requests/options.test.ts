import { createServer } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Dunetrace } from "../../sdk/client";
import { processState } from "../../sdk/processState";
import { RecordedClient } from "../../sdk/testing/record";
import { dunetraceListener } from "../node-http";
import { checkOptions } from "./options";
import { listening, send, until } from "./testing/server";

/** What was said on stderr so far. */
const said = (): string => [...processState().notices].join("\n");

/** A client that cannot open a run. */
class Broken extends Dunetrace {
  override startRun(): never {
    throw new TypeError("broken");
  }
}

describe("the options of integrations", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const stop of stops.splice(0)) await stop();
  });

  it("are looked at before the first request", () => {
    const { dt } = new RecordedClient();
    const check =
      (options: object, client: unknown = dt) =>
      () =>
        Reflect.apply(checkOptions, undefined, ["dunetraceMiddleware", client, options]);
    expect(check({ agentId: "a", skip: () => false, model: undefined })).not.toThrow();
    expect(check({}, null)).toThrow(/dunetraceMiddleware needs the Dunetrace client/);
    expect(check({}, {})).toThrow(/needs the Dunetrace client/);
    expect(check({ inputfrom: () => "" })).toThrow(/Unknown option "inputfrom".*inputFrom/);
    expect(check({ inputFrom: "body" })).toThrow(/"inputFrom" of dunetraceMiddleware must be a function/);
  });

  it("that throw cost the run their value and the answer nothing", async () => {
    const client = new RecordedClient({ agentId: "fallback" });
    const fail = (): never => {
      throw new RangeError("CANARY");
    };
    const options = { agentId: fail, inputFrom: fail, userId: fail, sessionId: fail, route: fail, skip: fail };
    const { port, close } = await listening(
      createServer(dunetraceListener(client.dt, (_req, res) => res.end("x"), options)),
    );
    stops.push(close);
    expect((await send(port, "/")).body).toBe("x");
    await until(() => client.types.length === 2, "the run");
    expect(client.of("run.started")[0]).toMatchObject({ agent_id: "fallback", payload: { input_hash: "" } });
    expect(said()).toContain("the option inputFrom of dunetraceListener threw RangeError");
    expect(said()).not.toContain("CANARY");
  });

  it("may give values of the wrong kind", async () => {
    const client = new RecordedClient();
    const odd = { agentId: () => 7, sessionId: () => ({}), userId: () => Symbol("x"), route: () => ["a"] };
    const made: unknown = Reflect.apply(dunetraceListener, undefined, [
      client.dt,
      (_req: unknown, res: { end(text: string): void }) => res.end("x"),
      odd,
    ]);
    const server = createServer((req, res) => {
      if (typeof made === "function") made(req, res);
    });
    const { port, close } = await listening(server);
    stops.push(close);
    expect((await send(port, "/")).body).toBe("x");
    await until(() => client.types.length === 2, "the run");
    expect(client.of("run.started")[0]?.agent_id).toBe("agent");
  });

  it("with a client that fails leave the answer as it was", async () => {
    const broken = new Broken({ logger: { write: () => true } });
    const { port, close } = await listening(
      createServer(dunetraceListener(broken, (req, res) => res.end(String(req.dunetraceRun)))),
    );
    stops.push(close);
    expect((await send(port, "/")).body).toBe("undefined");
    expect(said()).toContain("dunetraceListener failed inside (TypeError)");
  });
});
