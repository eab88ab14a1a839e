import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Dunetrace } from "../client";
import { FakeLoki, streamsOf } from "../testing/fakeLoki";
import { LokiSink } from "./loki";
import { type LokiPushOptions, resolveLoki } from "./lokiOptions";

function wireLine(at: number, agent = "research", type = "tool.called"): string {
  const ts = `2026-11-20T10:00:00.${String(at).padStart(6, "0")}Z`;
  const head = `{"ts":"${ts}","level":"info","logger":"dunetrace","event_type":"${type}"`;
  return `${head},"agent_id":${JSON.stringify(agent)},"run_id":"r-${at}","step_index":${at},"payload":{}}\n`;
}

const soon = (ms = 5000): number => performance.now() + ms;
const alerts: string[] = [];

function open(options: LokiPushOptions): LokiSink {
  const resolved = resolveLoki(options, {});
  if (resolved === undefined) throw new Error("no url");
  return new LokiSink(resolved, { alert: (message) => alerts.push(message), tell: () => undefined });
}

describe("direct push to Loki", () => {
  let loki = new FakeLoki();
  let url = "";
  beforeEach(async () => {
    alerts.length = 0;
    loki = new FakeLoki();
    url = await loki.listen();
  });
  afterEach(() => loki.close());

  it("groups lines by stream with static labels and their own time, gzipped", async () => {
    const sink = open({ url: `${url}/`, labels: { cluster: "eu" } });
    const lines = [wireLine(1), wireLine(2, 'Zoë "x"'), wireLine(123_457), wireLine(4, "research", "run.started")];
    for (const line of lines) sink.write(line);
    await sink.flush(soon());
    expect(loki.received).toHaveLength(1);
    expect(loki.received[0]).toMatchObject({
      url: "/loki/api/v1/push",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
    });
    const [first, second, third, fourth] = lines.map((line) => line.trimEnd());
    expect(streamsOf(loki.received[0]?.body ?? "")).toEqual([
      {
        stream: { cluster: "eu", agent_id: "research", event_type: "tool.called" },
        values: [
          ["1795168800000001000", first],
          ["1795168800123457000", third],
        ],
      },
      {
        stream: { cluster: "eu", agent_id: 'Zoë "x"', event_type: "tool.called" },
        values: [["1795168800000002000", second]],
      },
      {
        stream: { cluster: "eu", agent_id: "research", event_type: "run.started" },
        values: [["1795168800000004000", fourth]],
      },
    ]);
    expect(sink).toMatchObject({ sent: 4, dropped: 0, retried: 0, waiting: false });
    await sink.close(soon());
  });

  it.each([
    [{ username: "u", password: "p:ü" }, `Basic ${Buffer.from("u:p:ü").toString("base64")}`],
    [{ bearerToken: "secret-token" }, "Bearer secret-token"],
  ])("sends the tenant and who it is: %j", async (who, authorization) => {
    const sink = open({ url, tenant: "team-a", ...who });
    sink.write(wireLine(1));
    await sink.close(soon());
    expect(loki.received[0]?.headers).toMatchObject({ "x-scope-orgid": "team-a", authorization });
  });

  it("sends the run as structured metadata where wanted", async () => {
    const sink = open({ url, runIdMetadata: true });
    sink.write(wireLine(7));
    await sink.close(soon());
    expect(streamsOf(loki.received[0]?.body ?? "")[0]?.values[0]?.[2]).toEqual({ run_id: "r-7" });
  });

  it.each([429, 500, 503])("sends the same lines again after %i", async (status) => {
    loki.answers.push(status);
    const sink = open({ url });
    sink.write(wireLine(1));
    await sink.flush(soon());
    expect(loki.lines).toEqual([wireLine(1).trimEnd(), wireLine(1).trimEnd()]);
    expect(sink).toMatchObject({ sent: 1, dropped: 0, retried: 1 });
    await sink.close(soon());
  });

  it("does not send again what is refused, and says Loki's text once, without credentials", async () => {
    loki.answers.push(400, 400);
    loki.text = "entry too far behind";
    const sink = open({ url, bearerToken: "secret-token" });
    for (const at of [1, 2]) {
      sink.write(wireLine(at));
      await sink.flush(soon());
    }
    expect(loki.received).toHaveLength(2);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toContain("entry too far behind");
    expect(alerts[0]).not.toContain("secret-token");
    expect(sink).toMatchObject({ sent: 0, dropped: 2, retried: 0 });
    await sink.close(soon());
  });

  it("sends smaller requests after 413 and gives up a line that alone is too large", async () => {
    loki.answers.push(413, 413, 413, 413, 413, 413);
    const sink = open({ url, maxBatchBytes: 1024 });
    for (const at of [1, 2, 3]) sink.write(wireLine(at));
    await sink.flush(soon());
    expect(sink.sent + sink.dropped).toBe(3);
    expect(sink.dropped).toBeGreaterThan(0);
    expect(new Set(loki.lines).size).toBe(3);
    await sink.close(soon());
  });

  it("gives up an answer that does not come in time and sends again", async () => {
    loki.answers.push("hang");
    const sink = open({ url, timeoutMs: 100 });
    sink.write(wireLine(1));
    await sink.flush(soon());
    expect(sink).toMatchObject({ sent: 1, retried: 1 });
    await sink.close(soon());
  });

  it("ends at the deadline while Loki hangs, and counts what is lost", async () => {
    loki.answers.push("hang");
    const sink = open({ url });
    sink.write(wireLine(1));
    const begun = performance.now();
    await sink.close(soon(300));
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(sink).toMatchObject({ sent: 0, dropped: 1 });
    expect(alerts[0]).toContain("1 line was not delivered");
    expect(sink.write(wireLine(2))).toBe(false);
  });

  it("loses nothing while Loki is away and comes back, and keeps the order", async () => {
    const sink = open({ url });
    sink.write(wireLine(1));
    await sink.flush(soon());
    await loki.close();
    for (const at of [2, 3]) sink.write(wireLine(at));
    await sink.flush(soon(300));
    expect(sink.retried).toBeGreaterThan(0);
    expect(sink).toMatchObject({ sent: 1, dropped: 0, waiting: true });
    await loki.listen();
    sink.write(wireLine(4));
    await sink.flush(soon());
    expect(loki.lines).toEqual([1, 2, 3, 4].map((at) => wireLine(at).trimEnd()));
    expect(sink).toMatchObject({ sent: 4, dropped: 0 });
    await sink.close(soon());
  });

  it("keeps the order of each stream over many requests and failed tries", async () => {
    loki.answers.push(204, 503, 204, 429);
    const sink = open({ url, maxBatchBytes: 1024 });
    for (let at = 0; at < 40; at++) sink.write(wireLine(at, at % 2 === 0 ? "even" : "odd"));
    await sink.flush(soon());
    expect(loki.received.length).toBeGreaterThan(6);
    expect(sink).toMatchObject({ sent: 40, dropped: 0, retried: 2 });
    const order = new Map<string, string[]>();
    for (const { stream, values } of loki.received.flatMap(({ body }) => streamsOf(body))) {
      const agent = stream.agent_id ?? "";
      const seen = order.get(agent) ?? [];
      // What is sent again comes with the same time, so that Loki knows it.
      order.set(agent, [...seen, ...values.map(([nanos]) => nanos).filter((nanos) => !seen.includes(nanos))]);
    }
    expect([...order.values()].map((times) => times.length)).toEqual([20, 20]);
    for (const times of order.values()) expect(times).toEqual([...times].sort());
    await sink.close(soon());
  });

  it("tells its counters to the user of a client", async () => {
    loki.answers.push(429);
    const dt = new Dunetrace({ loki: { url } });
    dt.run("agent", () => undefined);
    await dt.shutdown();
    const name = `loki ${url}`;
    expect(dt.counters).toEqual({ dropped: { [name]: 0 }, sent: { [name]: 2 }, retried: { [name]: 1 }, faults: 0 });
  });

  it("drops new whole lines beyond its bound and counts them", async () => {
    const sink = open({ url, maxQueueBytes: 65_536 });
    const size = Buffer.byteLength(wireLine(1));
    const room = Math.floor(65_536 / size);
    const taken = Array.from({ length: room + 5 }, (_, at) => sink.write(wireLine(at + 100_000)));
    expect(taken.filter((one) => !one).length).toBe(sink.dropped);
    expect(sink.dropped).toBeGreaterThanOrEqual(5);
    await sink.flush(soon());
    expect(sink.sent).toBe(taken.length - sink.dropped);
    expect(loki.lines[0]).toBe(wireLine(100_000).trimEnd());
    await sink.close(soon());
  });

  it("carries the lines of a client as they are, without its content", async () => {
    const sink = open({ url });
    const written: string[] = [];
    const write = (line: string): void => {
      written.push(line.trimEnd());
      sink.write(line);
    };
    const dt = new Dunetrace({ logger: { write } });
    dt.run('agent "ä"', { userInput: "CANARY-7f3a" }, (run) => run.toolCalled("search").responded({ success: true }));
    await sink.close(soon());
    expect(written.length).toBeGreaterThan(2);
    expect([...loki.lines].sort()).toEqual([...written].sort());
    expect(loki.received.map(({ body }) => body).join("")).not.toContain("CANARY-7f3a");
    expect(sink).toMatchObject({ sent: written.length, dropped: 0 });
  });
});
