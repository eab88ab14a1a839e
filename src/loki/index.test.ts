import { describe, expect, it } from "vitest";
import { rawLogql } from "../logql/builders";
import { LokiError } from "../logql/errors";
import { openStore } from "./index";
import { testFolder } from "./testing/folder";
import { entry, START, START_MS } from "./testing/stored";

const clock = (): number => START_MS;
const HOUR = 3_600_000_000_000n;
const range = { start: START - HOUR, end: START + HOUR };
const line = (agent_id: string, seconds: number, more: object = {}): string =>
  JSON.stringify({
    ts: new Date(START_MS + seconds * 1000).toISOString().replace("Z", "456Z"),
    level: "info",
    logger: "dunetrace",
    event_type: "run.started",
    agent_id,
    ...more,
  });

describe("openStore", () => {
  it("answers in process what a Loki would answer", async () => {
    const store = openStore({ clock });
    store.push([{ labels: { agent_id: "a" }, entries: [entry(0, "one"), entry(1, "two", { run_id: "r" })] }]);
    store.push([{ labels: { agent_id: "b" }, entries: [entry(2, '{"n":3}')] }]);
    const api = store.api();
    const logs = { ...range, query: rawLogql('{agent_id=~".+"}'), limit: 2, direction: "backward" as const };
    expect(await api.logs(logs)).toEqual([
      { ts: entry(2, "").ts, line: '{"n":3}', labels: { agent_id: "b", service_name: "unknown_service" }, parsed: {} },
      { ts: entry(1, "").ts, line: "two", labels: { agent_id: "a", service_name: "unknown_service" }, parsed: {} },
    ]);
    const parsed = await api.logs({ ...logs, query: rawLogql('{agent_id="b"} | json n="n"') });
    expect(parsed.map((found) => found.parsed)).toEqual([{ n: "3" }]);
    const count = rawLogql('sum by (agent_id) (count_over_time({agent_id=~".+"}[1m]))');
    const time = START + 5_000_000_000n;
    expect(await api.instant({ query: count, time })).toEqual([
      { metric: { agent_id: "a" }, time: START_MS / 1000 + 5, value: 2 },
      { metric: { agent_id: "b" }, time: START_MS / 1000 + 5, value: 1 },
    ]);
    expect(await api.instant({ query: rawLogql("1 + 1"), time })).toEqual([
      { metric: {}, time: START_MS / 1000 + 5, value: 2 },
    ]);
    expect(await api.range({ query: rawLogql("vector(1)"), start: START, end: time, stepMs: 5000 })).toEqual([
      { metric: {}, points: [0, 5].map((at) => ({ time: START_MS / 1000 + at, value: 1 })) },
    ]);
    expect(await api.labelValues("agent_id", range)).toEqual(["a", "b"]);
    expect(await api.labelValues("agent_id", { ...range, query: rawLogql('{agent_id="b"}') })).toEqual(["b"]);
    expect(await api.labelValues("nope", range)).toEqual([]);
    await store.close();
  });

  it("fails with LokiErrors alone", async () => {
    const store = openStore({ clock });
    const api = store.api();
    const logs = { ...range, query: rawLogql('{agent_id="a"}'), limit: 10, direction: "forward" as const };
    const failure = async (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);
    expect(await failure(api.logs({ ...logs, query: rawLogql("{") }))).toMatchObject({ kind: "refused", status: 400 });
    const limit = await failure(api.logs({ ...logs, limit: 5001 }));
    expect(limit).toBeInstanceOf(LokiError);
    expect(limit).toMatchObject({
      kind: "limit",
      limit: "max_entries_limit_per_query",
      text: "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)",
      message: expect.stringContaining('at the embedded store for {agent_id="a"}'),
    });
    expect(await failure(api.logs(logs, AbortSignal.abort()))).toMatchObject({ kind: "aborted" });
    await store.close();
  });

  it("takes lines of files as Promtail does, and counts what is none", async () => {
    const store = openStore({ clock });
    const lines = [
      `${line("a", 0)}\n`,
      line("a", 1.5, { payload: { n: 1 } }),
      line("a", 1.5, { payload: { n: 1 } }),
      "",
      "plain text",
      '{"logger":"other"}',
      line("a", 2).slice(0, -5),
      line("a", 3, { ts: "yesterday" }),
      line("a", -8 * 86_400),
    ];
    expect(store.pushLines(lines)).toEqual({
      stored: 2,
      duplicates: 1,
      refused: 1,
      foreign: 3,
      broken: 2,
      reasons: [expect.stringMatching(/has timestamp too old/)],
    });
    const query = rawLogql('{agent_id="a", event_type="run.started"}');
    const found = await store.api().logs({ ...range, query, limit: 10, direction: "forward" });
    expect(found.map(({ ts, line: text }) => [ts, text])).toEqual([
      [START + 456_000n, line("a", 0)],
      [START + 1_500_456_000n, line("a", 1.5, { payload: { n: 1 } })],
    ]);
    await store.close();
  });

  it("tells of lines as they are stored, once each, in the order of time within a push", async () => {
    const store = openStore({ clock, anyTime: true });
    expect(store.span).toBeUndefined();
    const told: string[][] = [];
    const off = store.onStored((lines) =>
      told.push(lines.map(({ labels, ts, line: text }) => `${labels.agent_id} ${ts} ${text}`)),
    );
    const at = (seconds: number): string => String(entry(seconds, "").ts);
    store.push([
      { labels: { agent_id: "a" }, entries: [entry(1, "one"), entry(7200, "four")] },
      { labels: { agent_id: "b" }, entries: [entry(-7200, "old"), entry(2, "two"), entry(2, "two")] },
    ]);
    store.push([{ labels: { agent_id: "a" }, entries: [entry(1, "one"), entry(0, "late")] }]);
    store.push([{ labels: { agent_id: "a" }, entries: [entry(1, "one")] }]);
    off();
    store.push([{ labels: { agent_id: "a" }, entries: [entry(3, "three")] }]);
    expect(told.filter((lines) => lines.length > 0)).toEqual([
      [`b ${at(-7200)} old`, `a ${at(1)} one`, `b ${at(2)} two`, `a ${at(7200)} four`],
      [`a ${at(0)} late`],
    ]);
    expect(told).toHaveLength(2);
    expect(store.span).toEqual({ start: START - 2n * HOUR, end: START + 3n * HOUR });
    await store.close();
  });

  it("takes lines of any time and order for a store of files", async () => {
    const store = openStore({ clock, anyTime: true, retentionMs: 1 });
    const days = [0, -400, 30, -10_000, -400.5];
    const lines = days.flatMap((day) => Array.from({ length: 600 }, (_, at) => line("a", day * 86_400 - at)));
    expect(store.pushLines(lines)).toMatchObject({ stored: 3000, refused: 0, reasons: [] });
    const all = await store.api().labelValues("agent_id", { start: 0n, end: START * 2n });
    expect(all).toEqual(["a"]);
    const query = rawLogql('{agent_id="a"}');
    const logs = { query, start: 0n, end: START * 2n, limit: 5000, direction: "forward" as const };
    expect(await store.api().logs(logs)).toHaveLength(3000);
    await expect(openStore({ clock }).api().logs(logs)).rejects.toThrow(/max_query_length/);
    await store.close();
  });

  it("serves over HTTP, keeps what it has over a restart, and closes what it opened", async () => {
    const dir = testFolder();
    const first = openStore({ clock, dir });
    const { url } = await first.serve({ port: 0 });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const push = await fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ streams: [{ stream: { agent_id: "a" }, values: [[String(START), "kept"]] }] }),
    });
    expect(push.status).toBe(204);
    expect(() => openStore({ clock, dir })).toThrow(/is in use by process/);
    await first.close();
    await expect(fetch(`${url}/ready`)).rejects.toThrow();
    const second = openStore({ clock, dir });
    const api = second.api();
    const logs = { ...range, query: rawLogql('{agent_id="a"}'), limit: 10, direction: "forward" as const };
    expect((await api.logs(logs)).map((found) => found.line)).toEqual(["kept"]);
    const served = await second.serve({ port: 0 });
    await expect(second.serve({ port: served.port })).rejects.toThrow(
      /cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/,
    );
    await second.close();
    await second.close();
  });
});
