import { describe, expect, it } from "vitest";
import { type TestServer, testServer } from "../testing/server";
import { entry, START_MS } from "../testing/stored";
import type { QueryEngine } from "./queries";

const API = "/loki/api/v1";

async function withLines(engine?: (real: QueryEngine) => QueryEngine): Promise<TestServer> {
  const server = await testServer(engine === undefined ? {} : { engine });
  server.store.push([
    {
      labels: { agent_id: "a", event_type: "run.started" },
      entries: [entry(-60, "one"), entry(-50, "two", { run_id: "r" })],
    },
    { labels: { agent_id: "b", job: "j" }, entries: [entry(-3700, "early"), entry(-40, "three")] },
  ]);
  return server;
}

const json = async ({ get }: TestServer, path: string, headers?: Record<string, string>): Promise<unknown> => {
  const { status, text } = await get(API + path, headers);
  expect(status).toBe(200);
  return JSON.parse(text);
};

describe("the HTTP API", () => {
  it("answers log queries by their labels", async () => {
    const server = await withLines();
    const stream = { agent_id: "a", event_type: "run.started", service_name: "unknown_service" };
    expect(await json(server, '/query_range?query={agent_id="a"}&direction=forward')).toEqual({
      status: "success",
      data: {
        resultType: "streams",
        result: [
          { stream, values: [[String(entry(-60, "").ts), "one"]] },
          { stream: { ...stream, run_id: "r" }, values: [[String(entry(-50, "").ts), "two"]] },
        ],
        stats: {},
      },
    });
    const headers = { "X-Loki-Response-Encoding-Flags": "categorize-labels" };
    expect(await json(server, '/query_range?query={agent_id="a"}', headers)).toEqual({
      status: "success",
      data: {
        resultType: "streams",
        encodingFlags: ["categorize-labels"],
        result: [
          {
            stream,
            values: [
              [String(entry(-50, "").ts), "two", { structuredMetadata: { run_id: "r" } }],
              [String(entry(-60, "").ts), "one", {}],
            ],
          },
        ],
        stats: {},
      },
    });
  });

  it("answers metric queries with numbers as Loki writes them", async () => {
    const server = await withLines();
    const data = async (path: string): Promise<unknown> => ({
      ...((await json(server, path)) as { data: object }).data,
    });
    // Grafana's health check.
    expect(await data("/query?query=vector(1)%2Bvector(1)&time=4000000000")).toEqual({
      resultType: "vector",
      result: [{ metric: {}, value: [4_000_000_000, "2"] }],
      stats: {},
    });
    expect(await data("/query?query=sum by (agent_id) (count_over_time({agent_id=~%22.%2B%22}[2m]))")).toEqual({
      resultType: "vector",
      result: [
        { metric: { agent_id: "a" }, value: [1_795_168_800, "2"] },
        { metric: { agent_id: "b" }, value: [1_795_168_800, "1"] },
      ],
      stats: {},
    });
    expect(await data("/query?query=vector(1)/vector(3)&time=1795168800123456789")).toMatchObject({
      result: [{ value: [1_795_168_800.123, "0.3333333333333333"] }],
    });
    expect(await data("/query?query=1%2B1&time=1795168800")).toEqual({
      resultType: "scalar",
      result: [1_795_168_800, "2"],
      stats: {},
    });
    expect(await data("/query_range?query=vector(0)/vector(0)&start=1795168800&end=1795168830&step=15000ms")).toEqual({
      resultType: "matrix",
      result: [
        {
          metric: {},
          values: [
            [1_795_168_800, "NaN"],
            [1_795_168_815, "NaN"],
            [1_795_168_830, "NaN"],
          ],
        },
      ],
      stats: {},
    });
  });

  it("gives the engine what was asked, with Loki's defaults", async () => {
    const asked: unknown[] = [];
    const server = await withLines((real) => ({
      logs: (...args) => {
        asked.push(args);
        return real.logs(...args);
      },
      instant: (...args) => {
        asked.push(args);
        return real.instant(...args);
      },
      range: (...args) => {
        asked.push(args);
        return real.range(...args);
      },
    }));
    const now = BigInt(START_MS) * 1_000_000n;
    const hour = 3_600_000_000_000n;
    const log = '{agent_id="a"}';
    await json(server, `/query_range?query=${log}`);
    await json(
      server,
      `/query_range?query=${log}&start=1795168000.5&end=2026-11-20T10:00:00.000000001Z&limit=7&direction=FORWARD`,
    );
    await json(server, "/query_range?query=vector(1)&since=1h30m&end=1795168800000000000&step=1m&interval=0");
    await json(server, "/query_range?query=vector(1)&start=1795168800&end=1795168805&step=2.5");
    await json(server, "/query?query=vector(1)");
    const form = new URLSearchParams({ query: "vector(2)", time: "1" });
    expect((await fetch(`${server.url}${API}/query`, { method: "POST", body: form })).status).toBe(200);
    expect(asked).toEqual([
      [log, { start: now - hour, end: now, limit: 100, direction: "backward" }],
      [log, { start: now - 799_500_000_000n, end: now + 1n, limit: 7, direction: "forward" }],
      ["vector(1)", { start: now - (hour * 3n) / 2n, end: now, stepMs: 60_000 }],
      ["vector(1)", { start: now, end: now + 5_000_000_000n, stepMs: 2500 }],
      ["vector(1)", { time: now }],
      ["vector(2)", { time: 1_000_000_000n }],
    ]);
  });

  it("lists labels, values and series of the time asked for", async () => {
    const server = await withLines();
    expect(await json(server, "/labels")).toEqual({
      status: "success",
      data: ["agent_id", "event_type", "job", "service_name"],
    });
    expect(await json(server, '/labels?query={agent_id="a"}')).toEqual({
      status: "success",
      data: ["agent_id", "event_type", "service_name"],
    });
    expect(await json(server, "/label/agent_id/values")).toEqual({ status: "success", data: ["a", "b"] });
    expect(await json(server, "/label/service_name/values?query={job=%22j%22}")).toEqual({
      status: "success",
      data: ["j"],
    });
    expect(await json(server, "/label/constructor/values")).toEqual({ status: "success" });
    expect(await json(server, "/labels?start=1795100000&end=1795100001")).toEqual({ status: "success" });
    expect(await json(server, "/label/agent_id/values?start=1795165000&end=1795165190")).toEqual({
      status: "success",
      data: ["b"],
    });
    const series = { status: "success", data: [{ agent_id: "b", job: "j", service_name: "j" }] };
    expect(await json(server, '/series?match[]={agent_id="b"}&match[]={job="j"}')).toEqual(series);
    const form = new URLSearchParams([["match[]", '{agent_id="b"}']]);
    const posted = await fetch(`${server.url}${API}/series`, { method: "POST", body: form });
    expect(await posted.json()).toEqual(series);
    expect(await json(server, "/series")).toMatchObject({ data: [{ agent_id: "a" }, { agent_id: "b" }] });
    expect(await json(server, "/series?match[]={}")).toMatchObject({ data: [{ agent_id: "a" }, { agent_id: "b" }] });
    expect((await server.get(`${API}/series?match[]=`)).text).toBe("parse error : syntax error: unexpected $end");
    for (const path of ["/labels", "/label/agent_id/values"]) {
      const { status, text } = await server.get(`${API}${path}?query={}`);
      expect([status, text]).toEqual([400, expect.stringContaining("queries require at least one regexp or equality")]);
    }
    expect(await json(server, "/index/stats?query={agent_id=~%22.%2B%22}")).toEqual({
      streams: 2,
      chunks: 2,
      bytes: 25,
      entries: 3,
    });
  });

  it.each([
    ['{agent_id="a"}', "limit must be a positive value", "limit=0"],
    ['{agent_id="a"}', "limit must be a positive value", "limit=-1"],
    ['{agent_id="a"}', 'strconv.Atoi: parsing "1.5": invalid syntax', "limit=1.5"],
    [
      '{agent_id="a"}',
      "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)",
      "limit=5001",
    ],
    ['{agent_id="a"}', 'strconv.Atoi: parsing "9223372036854775808": value out of range', "limit=9223372036854775808"],
    ['{agent_id="a"}', "invalid direction 'up'", "direction=up"],
    ['{agent_id="a"}', 'cannot parse "soon" to a valid duration', "step=soon"],
    ['{agent_id="a"}', 'cannot parse "1e30" to a valid duration. It overflows int64', "step=1e30"],
    [
      '{agent_id="a"}',
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
      "step=0",
    ],
    [
      '{agent_id="a"}',
      "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter",
      "step=1ms",
    ],
    ['{agent_id="a"}', "could not parse 'since' parameter: not a valid duration string: \"-1h\"", "since=-1h"],
    [
      '{agent_id="a"}',
      "could not parse 'start' parameter: strconv.ParseInt: parsing \"yesterday\": invalid syntax",
      "start=yesterday",
    ],
    ['{agent_id="a"}', "end timestamp must not be before or equal to start time", "start=5&end=4"],
    ['{agent_id="a"}', "the query time range exceeds the limit (query length: 750h0m0s, limit: 30d1h)", "since=750h"],
    ['{agent_id="a"}', "interval must be >= 0", "interval=-1"],
    ['{agent_id="a"}', 'the embedded store does not know "interval"; run this query on a Loki', "interval=1s"],
  ])("refuses the query %s with Loki's words: %s", async (query, text, more) => {
    const { get } = await testServer();
    const path = `${API}/query_range?query=${encodeURIComponent(query)}&${more}`;
    expect(await get(path)).toEqual({ status: 400, text });
  });

  it("answers other errors as text with Loki's status", async () => {
    const server = await withLines((real) => ({
      logs: (...args) => real.logs(...args),
      range: () => {
        throw new TypeError("a fault");
      },
      instant: (...args) => real.instant(...args),
    }));
    const get = (path: string): Promise<{ status: number; text: string }> => server.get(API + path);
    expect(await get('/query?query={agent_id="a"}')).toEqual({
      status: 400,
      text: "log queries are not supported as an instant query type, please change your query to a range query type",
    });
    expect((await get("/query?query=vector(1)&time=now")).text).toBe('strconv.ParseInt: parsing "now": invalid syntax');
    expect((await get("/query?query=vector(1)&limit=0")).text).toBe("limit must be a positive value");
    expect(await get("/query_range?query=vector(1)")).toEqual({ status: 500, text: "internal error: a fault" });
    expect(server.reports).toEqual([`GET ${API}/query_range: internal error: a fault`]);
    expect((await get("/labels?start=1&end=2000000000")).text).toMatch(/^the query time range exceeds the limit/);
    expect((await get("/labels?start=5&end=4")).text).toMatch(/^this data is no longer available/);
    expect((await get('/series?match[]={agent_id="a"}|="x"')).text).toBe("only label matchers are supported");
    expect(await get("/label/%E0%A4%A/values")).toMatchObject({ status: 400 });
  });

  it("is ready, tells its version, and names the paths it knows", async () => {
    const { get, url } = await testServer();
    expect(await get("/ready")).toEqual({ status: 200, text: "ready" });
    expect(JSON.parse((await get(`${API}/status/buildinfo`)).text)).toMatchObject({
      version: "3.7.8",
      branch: "dunetrace",
      revision: "embedded",
    });
    const missing = await get("/loki/api/v1/tail");
    expect(missing.status).toBe(404);
    expect(missing.text).toMatch(/^404 page not found: GET \/loki\/api\/v1\/tail; this store answers POST .*push/);
    const response = await fetch(`${url}/ready`, { headers: { Origin: "http://evil.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});
