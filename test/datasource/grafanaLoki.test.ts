import { describe, expect, it } from "vitest";
import { GrafanaLoki } from "../../src/datasource/loki/grafanaLoki";
import { isLokiDatasource } from "../../src/datasource/loki/lokiDatasource";
import type { LokiApi } from "../../src/logql";
import { openStore } from "../../src/loki";
import { hostileValuesAreFound } from "../logql/hostileLines";
import { readersAgree } from "../logql/readers";
import { streamsOf } from "../logql/streams";
import { FakeLoki, makeTestRange } from "./fakeLoki";

function throughGrafana(loki: FakeLoki): LokiApi {
  if (!isLokiDatasource(loki)) throw new Error("the stand-in has not the shape of a Loki datasource");
  return new GrafanaLoki({ find: async () => loki, makeTimeRange: makeTestRange, now: Date.now });
}

function storeOf(lines: readonly string[]): LokiApi {
  const store = openStore({ clock: Date.now });
  const { refused, broken, foreign } = store.pushLines(lines);
  if (refused + broken + foreign > 0) throw new Error(`the store refused ${refused + broken + foreign} lines`);
  return store.api();
}

describe("readers over Grafana's Loki datasource", () => {
  readersAgree(async ({ lines }) => ({ api: throughGrafana(new FakeLoki(storeOf(lines))), scope: {} }));
});

describe("readers over a Loki datasource that hands out 150 lines at once", () => {
  readersAgree(async ({ lines }) => ({
    api: throughGrafana(new FakeLoki(storeOf(lines), 150, { cap: 150 })),
    scope: {},
  }));
});

describe("hostile values over Grafana's Loki datasource", () => {
  hostileValuesAreFound(async (lines) => {
    const store = openStore({ clock: Date.now });
    const streams = streamsOf(lines).map(({ labels, entries }) => ({
      labels,
      entries: entries.map(([ts, line]) => ({ ts: BigInt(ts), line })),
    }));
    const { refusals } = store.push(streams);
    if (refusals.length > 0) throw new Error(refusals.map(({ text }) => text).join("; "));
    return { api: throughGrafana(new FakeLoki(store.api())), scope: {} };
  });
});

describe("requests", () => {
  it("go to Loki under an id of their own, out of the inspector", async () => {
    const loki = new FakeLoki(storeOf([]));
    const api = throughGrafana(loki);
    const span = { start: 0n, end: 3_600_000_000_000n };
    await Promise.all([api.labelValues("agent_id", span), api.labelValues("agent_id", span)]);
    expect(loki.requests).toEqual([]);
    const { runLines } = await import("../../src/logql/builders");
    const query = { query: runLines({}, { run_id: "$run" }), ...span, limit: 10, direction: "forward" } as const;
    await Promise.all([api.logs(query), api.logs(query)]);
    expect(new Set(loki.requests.map(({ requestId }) => requestId)).size).toBe(2);
    for (const { targets, hideFromInspector } of loki.requests) {
      expect(hideFromInspector).toBe(true);
      expect(targets).toMatchObject([{ datasource: { uid: "loki-1", type: "loki" }, maxLines: 10 }]);
      expect(targets[0]?.expr).not.toContain("$");
    }
  });
});
