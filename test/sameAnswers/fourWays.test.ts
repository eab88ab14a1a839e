import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import type { Baselines } from "../../src/core/baselines";
import { parseBaselines } from "../../src/core/baselines";
import { DetectorConfig } from "../../src/core/detectors";
import { formatMicros, isRecord } from "../../src/core/wire";
import { answerQuery } from "../../src/datasource/answers/answerQuery";
import { GrafanaLoki } from "../../src/datasource/loki/grafanaLoki";
import { migrateQuery } from "../../src/datasource/query/migrate";
import type { LokiApi } from "../../src/logql";
import { type Ask, createAsk, type SignalItem } from "../../src/logql/ask";
import { HttpLoki } from "../../src/logql/client";
import { openStore } from "../../src/loki";
import { FakeLoki, makeTestRange } from "../datasource/fakeLoki";
import { inFolder, objectsOf, perform } from "../demo/performance";

const RUNS = 500;
const HOUR = 3_600_000;
const atMs = Date.now() - 60_000;
const range = { from: atMs - 8 * HOUR, to: atMs + 1 };

/** One signal as every way says it: run, type, severity and confidence. */
type Said = readonly string[];
/** Live signals of runs that never ended are no final verdict: files have none of theirs. */
type Mode = "computed" | "recorded";
const said = (run_id: unknown, type: unknown, severity: unknown, confidence: unknown): string =>
  [run_id, type, severity, confidence].map(String).join(" ");

/** The client's waits and deadlines; they end early when it aborts. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);

let lines: string;
let baselines: Baselines;
let baselineText: string;
let pageAsk: Ask;
let grafanaApi: LokiApi;
let closeAll: () => Promise<void> = async () => undefined;

/** After the last line by an hour: what has not ended by then is stalled, as at the end of a file. */
const now = (): number => atMs + HOUR;

beforeAll(async () => {
  const played = await perform("--runs", String(RUNS), "--seed", "11", "--at", formatMicros(atMs * 1000));
  lines = played.lines;
  baselineText = played.files.baselines;
  baselines = parseBaselines(JSON.parse(baselineText), "the baselines of the demo");
  const store = openStore({ clock: () => atMs, anyTime: true });
  store.pushLines(lines.split("\n"));
  const { url } = await store.serve({ port: 0 });
  closeAll = () => store.close();
  const settings = { scope: {}, config: new DetectorConfig(), baselines, now };
  // The page asks over HTTP, Grafana through its Loki data source.
  const http = new HttpLoki(
    { url },
    { fetch, sleep: pause, random: Math.random, abortController: () => new AbortController() },
  );
  pageAsk = createAsk(http, settings);
  grafanaApi = new GrafanaLoki({ find: async () => new FakeLoki(store.api()), makeTimeRange: makeTestRange, now });
  return () => closeAll();
}, 180_000);

async function cli(...args: readonly string[]): Promise<unknown[]> {
  return inFolder(async (cwd) => {
    writeFileSync(join(cwd, "lines.ndjson"), lines);
    writeFileSync(join(cwd, "baselines.json"), baselineText);
    const io = new FakeIo({ cwd });
    await main([...args, "lines.ndjson", "--baselines", "baselines.json"], io);
    return objectsOf(io.stdout.text);
  });
}

async function pageSays(mode: Mode): Promise<Said> {
  const all: SignalItem[] = [];
  let cursor: Parameters<typeof pageAsk<"signals">>[1]["cursor"];
  do {
    const page = await pageAsk("signals", { range, mode, limit: 1000, cursor });
    all.push(...page.signals);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all
    .filter(({ phase }) => phase === "final" || mode === "computed")
    .map(({ run_id, failure_type, severity, confidence }) => said(run_id, failure_type, severity, confidence));
}

async function framesSay(mode: Mode): Promise<Said> {
  const ask = createAsk(grafanaApi, { scope: {}, config: new DetectorConfig(), baselines, now });
  const targets = { uid: "ours", loki: { uid: "loki-1", name: "Loki" }, scope: {} };
  const query = migrateQuery({ refId: "A", queryType: "signals", mode, limit: 5000 });
  const [frame] = await answerQuery(query, { ask, range, intervalMs: 60_000, limit: 5000, targets });
  const column = (name: string): readonly unknown[] => frame?.fields.find((field) => field.name === name)?.values ?? [];
  return column("run_id").flatMap((run_id, at) =>
    column("phase")[at] === "final" || mode === "computed"
      ? said(run_id, column("failure_type")[at], column("severity")[at], column("confidence")[at])
      : [],
  );
}

const recordedOption = (mode: Mode): readonly string[] => (mode === "recorded" ? ["--recorded"] : []);

async function runsSay(mode: Mode): Promise<Said> {
  const runs = await cli("runs", "--format", "ndjson", ...recordedOption(mode));
  return runs.flatMap((run) => {
    if (!isRecord(run) || !Array.isArray(run.signals)) return [];
    const shown = run.signals.filter(isRecord).filter(({ severity, shadow }) => severity !== "LOW" && shadow !== true);
    return shown.map((one) => said(run.run_id, one.failure_type, one.severity, one.confidence));
  });
}

async function checkSays(mode: Mode): Promise<Said> {
  const findings = await cli("check", "--fail-on", "MEDIUM", "--format", "ndjson", ...recordedOption(mode));
  return findings
    .filter(isRecord)
    .filter(({ failure_type }) => failure_type !== undefined)
    .map((one) => said(one.run_id, one.failure_type, one.severity, one.confidence));
}

describe("what page, frames, command line and check say of the same 500 runs", () => {
  it.each<Mode>(["computed", "recorded"])(
    "is equal, run by run and signal by signal: %s",
    { timeout: 180_000 },
    async (mode) => {
      const expected = [...(await checkSays(mode))].sort();
      expect(expected.length).toBeGreaterThan(100);
      expect([...(await runsSay(mode))].sort()).toEqual(expected);
      expect([...(await pageSays(mode))].sort()).toEqual(expected);
      expect([...(await framesSay(mode))].sort()).toEqual(expected);
    },
  );
});
