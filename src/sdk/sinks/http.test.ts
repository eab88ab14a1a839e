import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HttpSink } from "./http";

interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A collector that answers as it is told. */
class FakeCollector {
  readonly received: Received[] = [];
  /** Status codes of the answers to come; then 200. */
  readonly statuses: number[] = [];
  retryAfter: string | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { url, headers } = request;
        this.received.push({ url, headers, body: Buffer.concat(chunks).toString() });
        if (this.retryAfter !== undefined) response.setHeader("retry-after", this.retryAfter);
        response.writeHead(this.statuses.shift() ?? 200).end("{}");
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get lines(): string[] {
    return this.received.flatMap(({ body }) => body.split("\n").slice(0, -1));
  }
}

const soon = (ms = 5000): number => performance.now() + ms;

describe("the HTTP sink", () => {
  const collector = { now: new FakeCollector(), endpoint: "" };
  beforeEach(async () => {
    collector.now = new FakeCollector();
    collector.endpoint = await collector.now.listen();
  });
  afterEach(() => {
    collector.now.close();
    vi.restoreAllMocks();
  });

  const alerts: string[] = [];
  const open = (options: { maxQueueBytes?: number; apiKey?: string | undefined; endpoint?: string } = {}) => {
    alerts.length = 0;
    return new HttpSink(
      { endpoint: collector.endpoint, apiKey: "dt_live_1", maxQueueBytes: 100_000, ...options },
      { alert: (message) => alerts.push(message), tell: () => undefined },
    );
  };

  it("posts lines as NDJSON with the bearer key", async () => {
    const sink = open({ endpoint: `${collector.endpoint}/` });
    sink.write('{"a":1}\n');
    sink.write('{"ü":2}\n');
    expect(sink.waiting).toBe(true);
    await sink.flush(soon());
    expect(sink.waiting).toBe(false);
    expect(collector.now.received).toMatchObject([
      {
        url: "/v1/events",
        headers: { authorization: "Bearer dt_live_1", "content-type": "application/x-ndjson" },
        body: '{"a":1}\n{"ü":2}\n',
      },
    ]);
    await sink.close(soon());
  });

  it("sends by itself after a moment, and without a key where there is none", async () => {
    const sink = open({ apiKey: undefined });
    sink.write("a\n");
    await vi.waitFor(() => expect(collector.now.lines).toEqual(["a"]), 5000);
    expect(collector.now.received[0]?.headers).not.toHaveProperty("authorization");
    await sink.close(soon());
  });

  it.each([429, 500, 503, 408])("sends the same lines again after %i", async (status) => {
    collector.now.statuses.push(status, status);
    const sink = open();
    sink.write("a\n");
    await sink.flush(soon());
    expect(collector.now.lines).toEqual(["a", "a", "a"]);
    expect(sink.dropped).toBe(0);
    await sink.close(soon());
  });

  it("keeps lines while nobody listens, and delivers them later", async () => {
    collector.now.close();
    const sink = open();
    sink.write("a\n");
    await sink.flush(soon(50));
    expect([sink.waiting, sink.dropped]).toEqual([true, 0]);
    const port = Number(new URL(collector.endpoint).port);
    const revived = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => revived.listen(port, "127.0.0.1", resolve));
    await sink.flush(soon());
    expect(sink.waiting).toBe(false);
    await sink.close(soon());
    revived.closeAllConnections();
    revived.close();
  });

  it.each([
    [400, "the lines were not accepted"],
    [401, "check apiKey"],
    [404, "check endpoint"],
  ])("drops and counts what is refused with %i, and says so", async (status, advice) => {
    collector.now.statuses.push(status);
    const sink = open();
    sink.write("a\n");
    sink.write("b\n");
    await sink.flush(soon());
    expect(collector.now.received).toHaveLength(1);
    expect(sink.dropped).toBe(2);
    expect(alerts).toEqual([expect.stringContaining(`endpoint ${collector.endpoint} answers ${status}: ${advice}`)]);
    sink.write("c\n");
    await sink.flush(soon());
    expect(collector.now.lines).toEqual(["a", "b", "c"]);
    await sink.close(soon());
  });

  it("halves its requests when they are too large", async () => {
    collector.now.statuses.push(413);
    const sink = open({ maxQueueBytes: 1_000_000 });
    const line = `${"x".repeat(49_999)}\n`;
    for (let at = 0; at < 4; at++) sink.write(line);
    await sink.flush(soon());
    expect(collector.now.received.map(({ body }) => body.length)).toEqual([200_000, 100_000, 100_000]);
    expect(sink.dropped).toBe(0);
    await sink.close(soon());
  });

  it("drops and counts what goes beyond its bound", async () => {
    const sink = open({ maxQueueBytes: 10 });
    expect([sink.write("12345\n"), sink.write("12345\n"), sink.write("123\n")]).toEqual([true, false, true]);
    expect(sink.dropped).toBe(1);
    await sink.close(soon());
    expect(collector.now.lines).toEqual(["12345", "123"]);
  });

  it("closes within its time when nobody answers, and counts what is left", async () => {
    collector.now.statuses.push(...Array.from({ length: 100 }, () => 503));
    const sink = open();
    sink.write("a\n");
    sink.write("b\n");
    const start = performance.now();
    await sink.close(soon(100));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(sink.dropped).toBe(2);
    expect(sink.write("c\n")).toBe(false);
    expect(sink.dropped).toBe(3);
  });

  it("waits as long as it is asked to", async () => {
    collector.now.statuses.push(503);
    collector.now.retryAfter = "20";
    const timers = vi.spyOn(globalThis, "setTimeout");
    const sink = open();
    sink.write("a\n");
    await vi.waitFor(() => expect(timers.mock.calls.some(([, ms]) => ms === 20_000)).toBe(true), 5000);
    await sink.close(soon());
    expect(collector.now.lines).toEqual(["a", "a"]);
  });
});
