import type { LogqlText, LokiApi } from "../../src/logql/api";
import { HttpLoki } from "../../src/logql/client";
import type { AgreementRun } from "./runs";

/** What a test asks of a store, whichever it is, over the time of all runs. */
export interface Asked {
  readonly lines: (query: LogqlText) => Promise<readonly string[]>;
  /** Values of an instant query at the end of all runs, by the label asked for. */
  readonly values: (query: LogqlText, by: string) => Promise<ReadonlyMap<string, number>>;
  /** Whether `label_format` and joins work there. */
  readonly full: boolean;
}

/** How far back the queries look, ms: all runs lie in it. */
export const WINDOW_MS = 48 * 3_600_000;
const MOST_LINES = 5000;

/**
 * @param now µs, after the end of all runs
 */
export function askedOf(loki: LokiApi, now: number, full: boolean): Asked {
  const end = BigInt(Math.ceil(now)) * 1000n;
  const start = end - BigInt(WINDOW_MS) * 1_000_000n;
  return {
    full,
    async lines(query) {
      const entries = await loki.logs({ query, start, end, limit: MOST_LINES, direction: "backward" });
      if (entries.length === MOST_LINES) throw new Error(`more than ${MOST_LINES} lines: ${query}`);
      return entries.map(({ line }) => line);
    },
    async values(query, by) {
      const samples = await loki.instant({ query, time: end });
      return new Map(samples.map(({ metric, value }) => [metric[by] ?? "", value]));
    },
  };
}

export function httpLoki(url: string): LokiApi {
  return new HttpLoki(
    { url, timeoutMs: 60_000 },
    {
      fetch,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      random: Math.random,
      abortController: () => new AbortController(),
    },
  );
}

/** Lines in the order of their time, as a shipper reads them: Loki refuses what lies far behind its stream. */
export function inTime(lines: readonly string[]): string[] {
  const timed = lines.map((line) => [/"ts":"([^"]*)"/.exec(line)?.[1] ?? "", line] as const);
  return timed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, line]) => line);
}

export function terminals(runs: readonly AgreementRun[]): string[] {
  return runs.flatMap(({ terminal }) => (terminal === undefined ? [] : [terminal]));
}
