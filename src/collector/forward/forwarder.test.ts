import { describe, expect, it } from "vitest";
import { Forwarder, type Send } from "./forwarder";

interface Sent {
  readonly url: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

function forwarder(answers: (number | "away")[], maxQueueBytes?: number, url = "http://jaeger:4318/") {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const send: Send = async (url, { body, headers }) => {
    sent.push({ url, body: body.toString("latin1"), headers });
    const status = answers.shift() ?? 200;
    if (status === "away") throw new TypeError("fetch failed");
    return { status, body: null };
  };
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { to: new Forwarder({ url, send, sleep, maxQueueBytes }), sent, waits };
}
const AS = { type: "application/x-protobuf", encoding: "gzip" };

describe("Forwarder", () => {
  it("passes bytes and headers on as they came, in order", async () => {
    const { to, sent } = forwarder([]);
    to.take(Uint8Array.from([0, 255, 10]), AS);
    to.take(Uint8Array.from([1]), { type: "application/json", encoding: "" });
    await to.close(1000);
    expect(sent).toEqual([
      {
        url: "http://jaeger:4318/v1/traces",
        body: "\u0000ÿ\n",
        headers: { "Content-Type": "application/x-protobuf", "Content-Encoding": "gzip" },
      },
      { url: "http://jaeger:4318/v1/traces", body: "\u0001", headers: { "Content-Type": "application/json" } },
    ]);
    expect(to.counts.get("forwarded")).toBe(2);
  });

  it("takes an endpoint with the path of traces too", async () => {
    const { to, sent } = forwarder([], undefined, "http://jaeger:4318/v1/traces");
    to.take(Uint8Array.from([1]), AS);
    await to.close(1000);
    expect(sent.map(({ url }) => url)).toEqual(["http://jaeger:4318/v1/traces"]);
  });

  it("tries again while the other side is away or asks to wait", async () => {
    const { to, sent, waits } = forwarder(["away", 503, 429, 200]);
    to.take(Uint8Array.from([1]), AS);
    await to.close(1000);
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([500, 1000, 2000]);
    expect([...to.counts]).toEqual([["forwarded", 1]]);
  });

  it("drops what is refused for good, and what fails five times, and goes on", async () => {
    const { to, sent } = forwarder([400, 500, 500, 500, 500, 500, 200]);
    for (const byte of [1, 2, 3]) to.take(Uint8Array.from([byte]), AS);
    await to.close(1000);
    expect(sent).toHaveLength(7);
    expect(Object.fromEntries(to.counts)).toEqual({ refused: 1, failed: 1, forwarded: 1 });
  });

  it("keeps no more than its bound", async () => {
    const { to } = forwarder([], 10);
    for (let i = 0; i < 4; i++) to.take(new Uint8Array(4), AS);
    await to.close(1000);
    expect(Object.fromEntries(to.counts)).toEqual({ dropped: 2, forwarded: 2 });
  });
});
