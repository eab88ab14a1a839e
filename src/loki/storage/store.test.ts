import { describe, expect, it } from "vitest";
import { testFolder } from "../testing/folder";
import { entry, START, START_MS, stored } from "../testing/stored";
import { Store } from "./store";
import type { StoreOptions } from "./storeOptions";

const HOUR_MS = 3_600_000;
const open = (options: Partial<StoreOptions> = {}): Store => new Store({ clock: () => START_MS, ...options });
const a = { agent_id: "a" };
const b = { agent_id: "b" };

describe.each([
  ["in memory", () => ({})],
  ["on disk", () => ({ dir: testFolder() })],
])("a store %s", (_name, options) => {
  it("gives back what was pushed, by stream and in both directions", () => {
    const store = open(options());
    const result = store.push([
      { labels: a, entries: [entry(0, "first"), entry(1, "naïve 日本 \n two lines"), entry(1, "same time")] },
      { labels: b, entries: [entry(0.5, ""), entry(2, "with", { run_id: "r", z: "1" })] },
    ]);
    expect(result).toEqual({ stored: 5, duplicates: 0, refusals: [] });
    const forward = [
      "a 0 first",
      "a 1 naïve 日本 \n two lines",
      "a 1 same time",
      "b 0.5 ",
      'b 2 with {"run_id":"r","z":"1"}',
    ];
    expect(stored(store)).toEqual(forward);
    expect(stored(store, { direction: "backward" })).toEqual([
      ...forward.slice(0, 3).reverse(),
      ...forward.slice(3).reverse(),
    ]);
    store.close();
  });

  it("reads from start up to but without end, over hours", () => {
    const store = open(options());
    store.push([{ labels: a, entries: [0, 1, 3599.999999999, 3600, 3601].map((at) => entry(at - 3600, `at ${at}`)) }]);
    const lines = (from: number, to: number): string[] =>
      stored(store, { start: entry(from - 3600, "").ts, end: entry(to - 3600, "").ts }).map((text) => text.slice(-6));
    expect(lines(0, 3600)).toHaveLength(3);
    expect(lines(0, 3601)).toHaveLength(4);
    expect(lines(1, 3599.999999999)).toEqual([" at 1"].map((text) => expect.stringContaining(text)));
    expect(lines(3599.999999999, 3600.000000001)).toHaveLength(2);
    expect(lines(2, 3000)).toEqual([]);
    expect(store.select([], { start: entry(-3598, "").ts, end: entry(-600, "").ts, direction: "forward" })).toEqual([]);
    store.close();
  });

  it("stores equal lines once, within a push and over pushes, and keeps what differs", () => {
    const store = open(options());
    const lines = [entry(5, "x"), entry(5, "y"), entry(5, "x"), entry(5, "x", { k: "1" })];
    expect(store.push([{ labels: a, entries: lines }])).toMatchObject({ stored: 3, duplicates: 1 });
    expect(store.push([{ labels: a, entries: lines }])).toMatchObject({ stored: 0, duplicates: 4 });
    expect(store.push([{ labels: b, entries: lines }])).toMatchObject({ stored: 3, duplicates: 1 });
    expect(stored(store)).toEqual(["a 5 x", "a 5 y", 'a 5 x {"k":"1"}', "b 5 x", "b 5 y", 'b 5 x {"k":"1"}']);
    store.close();
  });

  it("puts late lines in order", () => {
    const store = open(options());
    const seconds = Array.from({ length: 1500 }, (_, at) => (at * 7919) % 1500);
    for (const at of seconds) store.push([{ labels: a, entries: [entry(at - 1500, String(at))] }]);
    expect(stored(store).map((text) => Number(text.split(" ")[2]))).toEqual(
      Array.from({ length: 1500 }, (_, at) => at),
    );
    store.close();
  });

  it("selects streams by their labels and by whether they have lines then", () => {
    const store = open(options());
    store.push([
      { labels: { ...a, event_type: "run.started" }, entries: [entry(0, "1")] },
      { labels: { ...a, event_type: "run.completed" }, entries: [entry(100, "2")] },
      { labels: { ...b, event_type: "run.completed" }, entries: [entry(200, "3")] },
    ]);
    const found = (name: string, op: "=" | "!=" | "=~" | "!~", value: string): string[] =>
      store
        .select([{ name, op, value }], { start: 0n, end: START * 2n, direction: "forward" })
        .flatMap(({ entries }) => [...entries].map(({ line }) => line));
    expect(found("agent_id", "=", "a")).toEqual(["1", "2"]);
    expect(found("event_type", "!=", "run.started")).toEqual(["2", "3"]);
    expect(found("event_type", "=~", "run.(started|none)")).toEqual(["1"]);
    expect(found("event_type", "=~", "run")).toEqual([]);
    expect(found("event_type", "!~", ".*ed")).toEqual([]);
    expect(found("absent", "=", "")).toEqual(["1", "2", "3"]);
    expect(found("constructor", "=", "")).toHaveLength(3);
    const now = store.select([], { start: entry(150, "").ts, end: entry(300, "").ts, direction: "forward" });
    expect(now.map(({ labels }) => ({ ...labels }))).toEqual([
      { ...b, event_type: "run.completed", service_name: "unknown_service" },
    ]);
    expect(store.volume([], { start: 0n, end: START * 2n })).toEqual({ streams: 3, chunks: 3, bytes: 3, entries: 3 });
    store.close();
  });

  it("removes hours that are too old, and the oldest ones when there is too much", () => {
    let now = START_MS;
    const store = open({ ...options(), clock: () => now, retentionMs: 3 * HOUR_MS, maxBytes: 1_000_000 });
    store.push([{ labels: a, entries: [entry(-3600, "old"), entry(0, "new")] }]);
    store.push([{ labels: b, entries: [entry(-3600, "gone")] }]);
    now += 2 * HOUR_MS;
    expect(stored(store)).toHaveLength(3);
    now += HOUR_MS;
    expect(stored(store)).toEqual(["a 0 new"]);
    expect(store.labels([], { start: 0n, end: START * 2n }).map((labels) => labels.agent_id)).toEqual(["a"]);
    const big = "x".repeat(100_000);
    for (let hour = 1; hour <= 3; hour++) {
      now = START_MS + hour * HOUR_MS;
      const entries = Array.from({ length: 4 }, (_, at) => entry(hour * 3600 + at, `${hour}${at}${big}`));
      expect(store.push([{ labels: a, entries }]).stored).toBe(4);
    }
    expect(stored(store).map((text) => text.slice(0, 10).split(" ")[2]?.slice(0, 2))).toEqual(
      ["2", "3"].flatMap((hour) => [0, 1, 2, 3].map((at) => hour + at)),
    );
    const more = Array.from({ length: 12 }, (_, at) => entry(3 * 3600 + 60 + at, `${at}${big}`));
    expect(() => store.push([{ labels: a, entries: more }])).toThrow(/newest hour alone fill the store/);
    expect(stored(store).filter((text) => text.startsWith("a 1080"))).toHaveLength(4);
    store.close();
  });
});
