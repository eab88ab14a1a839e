import { expect, it } from "vitest";
import type { LogEntry, LokiApi } from "../../logql/api";
import { refusalOf } from "../../logql/client/failures";
import type { LokiError } from "../../logql/errors";
import { folderWith } from "../testing/folder";
import { quietRun, START } from "../testing/runWriter";
import { examine } from "./checks";
import type { WatchedFile } from "./observations";
import { observe } from "./observe";
import { watchFile } from "./watchFile";

const NOW_MS = START / 1000 + 60_000;
const STRAY_MARK = "|~ ";
const texts = quietRun().lines;

const entries: readonly LogEntry[] = texts
  .map((line, at) => ({
    ts: BigInt(START + at) * 1000n,
    line,
    labels: { agent_id: "research-agent", event_type: "tool.called" },
    parsed: {},
  }))
  .reverse();

const refusal = (status: number, text = "no"): LokiError => refusalOf(status, text, { url: "http://l", query: "q" });

/** A Loki that answers with these lines, but refuses what `fault` names; it keeps the queries. */
function standIn(lines: readonly LogEntry[], fault: (query: string) => LokiError | undefined = () => undefined) {
  const queries: string[] = [];
  const take = (query: string): void => {
    queries.push(query);
    const error = fault(query);
    if (error !== undefined) throw error;
  };
  const api: LokiApi = {
    logs: async ({ query }) => {
      take(query);
      return query.includes(STRAY_MARK) ? [] : lines;
    },
    instant: async ({ query }) => {
      take(query);
      return [];
    },
    range: async () => [],
    labelValues: async (label) => {
      take(label);
      return ["research-agent"];
    },
  };
  return { api, queries };
}

const look = (api: LokiApi, files: readonly WatchedFile[] = [], base: string | undefined = undefined) =>
  observe({
    api,
    scope: base === undefined ? {} : { base: [{ name: "cluster", op: "=", value: base }] },
    url: "http://l",
    version: async () => "3.7.8",
    now: NOW_MS,
    sinceMs: 86_400_000,
    rulesOf: () => "a",
    watch: async () => files,
    collector: async () => undefined,
  });

const statusOf = async (api: LokiApi, check: string): Promise<string | undefined> =>
  examine(await look(api)).find((finding) => finding.check === check)?.status;

it("makes a slow baseline a matter of limits, and reports the rest", async () => {
  const { api } = standIn(entries, (query) => (query.includes("quantile_over_time") ? refusal(504) : undefined));
  expect(await statusOf(api, "limits")).toBe("failure");
  expect(await statusOf(api, "connection")).toBe("ok");
  expect(await statusOf(api, "last_line")).toBe("ok");
});

it.each([500, 504, 429])("leaves lines elsewhere unknown when their search ends with %d", async (status) => {
  const { api, queries } = standIn([], (query) => (query.includes(STRAY_MARK) ? refusal(status) : undefined));
  expect(await statusOf(api, "connection")).toBe("ok");
  expect(await statusOf(api, "last_line")).toBe("failure");
  expect(await statusOf(api, "labels")).toBe("unknown");
  expect(queries.some((query) => query.includes(STRAY_MARK))).toBe(true);
});

it("goes on without the names of agents, and without the lists", async () => {
  const { api } = standIn(entries, (query) =>
    query === "agent_id" || query.includes("completed") ? refusal(500) : undefined,
  );
  const findings = examine(await look(api));
  expect(findings.find(({ check }) => check === "last_line")?.text).toMatch(/^The newest line, of research-agent/);
  expect(findings.find(({ check }) => check === "facts")).toMatchObject({ status: "unknown", next: "See limits." });
  expect(findings.find(({ check }) => check === "connection")?.status).toBe("ok");
});

it("says that there is no connection when nothing at all is answered", async () => {
  const { api } = standIn([], () => refusal(500));
  expect((await look(api)).unreachable?.status).toBe(500);
});

const strayQueries = (queries: readonly string[]): string[] => queries.filter((query) => query.includes(STRAY_MARK));

it("does not search the lines of others while ours arrive", async () => {
  const { api, queries } = standIn(entries);
  await look(api);
  expect(strayQueries(queries)).toEqual([]);
});

it.each([{ missing: 1 }, { broken: 1 }])("searches them when a file has %j", async (over) => {
  const { api, queries } = standIn(entries);
  const file = { name: "a", newest: undefined, missing: 0, looked: 20, broken: 0, lagMs: undefined, error: undefined };
  await look(api, [{ ...file, ...over }], "eu");
  expect(strayQueries(queries)).toEqual([
    String.raw`{cluster="eu", agent_id=""} |~ "\"logger\":\"dunetrace\"|\\\\\"logger\\\\\":\\\\\"dunetrace\\\\\""`,
  ]);
});

it("reads no stream of others twice, and searches when a run lacks lines", async () => {
  const { api, queries } = standIn(entries.filter((_, at) => at !== 2));
  await look(api);
  const asked = strayQueries(queries);
  expect(asked).toHaveLength(5);
  expect(asked[1]).toMatch(/^\{job=~"\.\+", service_name="", agent_id=""\}/);
});

/** Watches a file whose newest line Loki has from the look with this number on. */
async function watched(written: number, fromLook: number, fault?: LokiError): Promise<WatchedFile> {
  const cwd = folderWith({ "a.ndjson": texts.map((text) => `${text.trimEnd()}\n`).join("") });
  const { api } = standIn(entries);
  const clock = { now: written };
  let looks = 0;
  const logs: LokiApi["logs"] = async () => {
    if (fault !== undefined) throw fault;
    // Every look that finds nothing asks twice: at the time itself, and around it.
    return looks++ < fromLook * 2 ? [] : entries.map((entry) => ({ ...entry, line: entry.line.trimEnd() }));
  };
  const wait = async (ms: number): Promise<void> => {
    clock.now += ms;
  };
  return watchFile("a.ndjson", { api: { ...api, logs }, scope: {}, cwd, now: () => clock.now, wait });
}

const newestMs = (): number => Number(new Date(/"ts":"([^"]+)"/.exec(texts.at(-1) ?? "")?.[1] ?? ""));

it("measures the lag of a line that was on its way", async () => {
  expect(await watched(newestMs() + 200, 2)).toMatchObject({ missing: 0, error: undefined });
  expect((await watched(newestMs() + 200, 2)).lagMs).toBeCloseTo(1200, 0);
});

it("measures no lag of a line that was there", async () => {
  expect(await watched(newestMs() + 200, 0)).toMatchObject({ missing: 0, lagMs: undefined });
});

it("keeps why Loki did not answer for a file", async () => {
  expect(await watched(newestMs() + 200, 0, refusal(500))).toMatchObject({ missing: 0, error: { status: 500 } });
});
