import { once } from "node:events";
import { pinoLoki } from "pino-loki";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pinoLokiOptions, withLineTime } from "../../src/integrations/pino";
import { FakeLoki, streamsOf } from "../../src/sdk/testing/fakeLoki";
import { waitFor } from "../real";
import { WitnessedClient } from "./played";

describe("pino-loki with our options", () => {
  let loki = new FakeLoki();
  let host = "";
  beforeEach(async () => {
    loki = new FakeLoki();
    host = await loki.listen();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await loki.close();
  });

  function open(settings: object = {}) {
    const stream = pinoLoki(pinoLokiOptions({ host, intervalSeconds: 0.05, ...settings }));
    const destination = withLineTime(stream);
    const client = new WitnessedClient("agent", {}, (line) => destination.write(line));
    const end = async (): Promise<void> => {
      stream.end();
      await once(stream, "close");
    };
    return { client, end };
  }

  it("pushes in batches, each line once, in its stream and with its own time", async () => {
    const basicAuth = { username: "u", password: "p" };
    const { client, end } = open({ tenant: "team-a", basicAuth, labels: { cluster: "eu" } });
    client.play(5);
    await waitFor(() => loki.lines.length === 20, { what: "the first batch" });
    client.play(5);
    await end();
    expect(loki.lines).toEqual(client.written);
    expect(loki.received.length).toBeLessThan(10);
    expect(loki.received[0]).toMatchObject({
      url: "/loki/api/v1/push",
      headers: { "x-scope-orgid": "team-a", authorization: `Basic ${Buffer.from("u:p").toString("base64")}` },
    });
    for (const { stream, values } of loki.received.flatMap(({ body }) => streamsOf(body))) {
      const { cluster, agent_id, event_type, ...others } = stream;
      expect([cluster, agent_id]).toEqual(["eu", "agent"]);
      // A label without a value is none to Loki.
      expect(Object.values(others).filter(Boolean)).toEqual([]);
      for (const [nanos, line] of values) {
        const { ts, event_type: type } = JSON.parse(line);
        expect(event_type).toBe(type);
        expect(new Date(Number(BigInt(nanos) / 1_000_000n)).toISOString().slice(0, 23)).toBe(ts.slice(0, 23));
        expect(nanos.slice(-9)).toBe(`${ts.slice(20, 26)}000`);
      }
    }
  });

  it("pushes the last batch when its stream ends, without waiting for the interval", async () => {
    const { client, end } = open({ intervalSeconds: 3600 });
    client.play(3);
    await end();
    expect(loki.lines).toEqual(client.written);
    expect(loki.received).toHaveLength(1);
  });

  it.each([429, 503])(
    "never sends a batch again after %i: its lines are lost, and the next ones arrive",
    async (status) => {
      const said = vi.spyOn(console, "error").mockReturnValue();
      loki.answers.push(status);
      const { client, end } = open();
      client.play(1);
      await waitFor(() => loki.received.length === 1, { what: "the batch that is refused" });
      client.play(1);
      await end();
      expect(loki.lines).toEqual(client.written);
      expect(client.dropped).toBe(0);
      expect(said).toHaveBeenCalledOnce();
    },
  );

  it("loses what it has while Loki is away, and harms no agent", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue();
    await loki.close();
    const { client, end } = open();
    client.play(1);
    await waitFor(() => said.mock.calls.length > 0, { what: "pino-loki's complaint" });
    await loki.listen();
    client.play(1);
    await end();
    expect(loki.lines).toEqual(client.written.slice(4));
  });

  it("drops the oldest lines beyond its buffer without a word", async () => {
    const { client, end } = open({ intervalSeconds: 3600, maxBufferSize: 6 });
    client.play(3);
    await end();
    expect(loki.lines).toEqual(client.written.slice(-6));
    expect(client.dropped).toBe(0);
  });
});
