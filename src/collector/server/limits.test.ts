import { describe, expect, it } from "vitest";
import { testCollector } from "../testCollector";

const JSON_TYPE = { "content-type": "application/json" };
const EMPTY = { method: "POST", body: '{"resourceSpans":[]}', headers: JSON_TYPE };

function setUp(options: { apiKey?: string; requestsPerSecond?: number } = {}) {
  let time = 5000;
  const collector = testCollector({ ...options, time: () => time });
  const metrics = async (): Promise<string> => {
    const headers = options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` };
    return (await collector.ask("/metrics", { headers }, "10.9.9.9")).text();
  };
  const withKey = async (key: string, client: string, path = "/v1/policies"): Promise<number> =>
    (await collector.ask(path, { headers: { authorization: `Bearer ${key}` } }, client)).status;
  return { ...collector, metrics, withKey, pass: (ms: number) => (time += ms) };
}

describe("Limits", () => {
  it("answers 429 with Retry-After to an address that asks too much, and to no other", async () => {
    const { ask, metrics, pass } = setUp({ requestsPerSecond: 5 });
    for (let n = 0; n < 10; n++) expect((await ask("/v1/traces", EMPTY, "10.0.0.1")).status).toBe(200);
    const refused = await ask("/v1/traces", EMPTY, "10.0.0.1");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toEqual({ message: expect.stringContaining("Too many requests from this address") });
    expect((await ask("/v1/traces", EMPTY, "10.0.0.2")).status).toBe(200);
    pass(200);
    expect((await ask("/v1/traces", EMPTY, "10.0.0.1")).status).toBe(200);
    const text = await metrics();
    expect(text).toContain('dunetrace_requests_limited_total{reason="requests"} 1\n');
    expect(text).toContain('dunetrace_requests_total{route="POST /v1/traces 429"} 1\n');
  });

  it("answers in the encoding of the request", async () => {
    const { ask } = setUp({ requestsPerSecond: 1 });
    const init = { method: "POST", body: new Uint8Array(), headers: { "content-type": "application/x-protobuf" } };
    await ask("/v1/traces", init);
    await ask("/v1/traces", init);
    const refused = await ask("/v1/traces", init);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toBe("application/x-protobuf");
    const other = await ask("/v1/events", { method: "POST", body: "" });
    expect(other.status).toBe(429);
    expect(await other.json()).toEqual({ error: expect.stringContaining("1 s") });
  });

  it("bounds how often a key can be guessed, also where the right one comes at last", async () => {
    const { withKey, metrics, pass } = setUp({ apiKey: "right" });
    for (let n = 0; n < 20; n++) expect(await withKey(`wrong-${n}`, "10.0.0.1")).toBe(401);
    expect(await withKey("wrong", "10.0.0.1")).toBe(429);
    expect(await withKey("right", "10.0.0.1")).toBe(429);
    expect(await withKey("right", "10.0.0.2")).toBe(200);
    pass(1000);
    expect(await withKey("right", "10.0.0.1")).toBe(200);
    expect(await metrics()).toContain('dunetrace_requests_limited_total{reason="wrong_keys"} 2\n');
  });

  it("counts keys in addresses and bodies as guesses too", async () => {
    const { ask, withKey } = setUp({ apiKey: "right" });
    for (let n = 0; n < 10; n++) {
      expect((await ask(`/v1/policies?api_key=w${n}`, {}, "10.0.0.1")).status).toBe(401);
      const body = JSON.stringify({ api_key: `v${n}`, events: [] });
      expect((await ask("/v1/ingest", { method: "POST", body, headers: JSON_TYPE }, "10.0.0.1")).status).toBe(401);
    }
    const body = JSON.stringify({ api_key: "right", agent_id: "a", version: "1" });
    expect((await ask("/v1/deploy", { method: "POST", body, headers: JSON_TYPE }, "10.0.0.1")).status).toBe(429);
    expect(await withKey("right", "10.0.0.1")).toBe(429);
  });

  it("reads little of a body before its sender is known", async () => {
    const { post } = setUp({ apiKey: "right" });
    const body = JSON.stringify({
      api_key: "right",
      agent_id: "a",
      version: "1",
      meta: { text: "x".repeat(5_000_000) },
    });
    for (const path of ["/v1/ingest", "/v1/deploy"]) expect((await post(path, body, JSON_TYPE)).status).toBe(413);
    expect((await post("/v1/deploy", body, { ...JSON_TYPE, authorization: "Bearer right" })).status).toBe(202);
  });

  it("does not hold up senders with the right key for others at the same address", async () => {
    const { withKey } = setUp({ apiKey: "right" });
    expect(await withKey("right", "10.0.0.1")).toBe(200);
    for (let n = 0; n < 50; n++) expect(await withKey("wrong", "10.0.0.1")).toBe(401);
    expect(await withKey("right", "10.0.0.1")).toBe(200);
  });

  it("takes requests without a key for no guesses", async () => {
    const { ask, withKey } = setUp({ apiKey: "right" });
    for (let n = 0; n < 50; n++) expect((await ask("/v1/policies", {}, "10.0.0.1")).status).toBe(401);
    expect(await withKey("right", "10.0.0.1")).toBe(200);
  });

  it("keeps names of paths that nobody serves out of the metrics", async () => {
    const { ask, metrics } = setUp({ apiKey: "right" });
    for (let n = 0; n < 300; n++) await ask(`/nothing-${n}`);
    await ask("/v1/runs/any", { headers: { authorization: "Bearer right" } });
    const text = await metrics();
    expect(text).not.toContain("nothing-");
    expect(text).toContain('dunetrace_requests_total{route="other 401"} 300\n');
    expect(text).toContain('dunetrace_requests_total{route="GET /v1/runs/{id} 503"} 1\n');
  });
});
