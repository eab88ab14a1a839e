import { beforeAll, expect } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { SEVERITIES, type Severity, severityRank } from "../../src/core/wire";
import type { LokiApi, Scope } from "../../src/logql";
import {
  type Ask,
  type AskSettings,
  createAsk,
  type RunRow,
  type SignalItem,
  type TimeSpan,
  type VerdictMode,
} from "../../src/logql/ask";
import { type CliRun, type CliSignal, type Demo, demoOf } from "./demo";

/** A Loki that holds the lines of the demo. */
export interface Filled {
  readonly api: LokiApi;
  readonly scope: Scope;
}
export type Fill = (demo: Demo) => Promise<Filled>;

const RUNS = 500;
export const HOUR = 3_600_000;

/** A filled Loki, and what the command line says of its lines. */
export class World {
  readonly atMs = Date.now() - 60_000;
  /** Of all runs. */
  readonly range: TimeSpan = { from: this.atMs - 8 * HOUR, to: this.atMs + 1 };
  #demo: Demo | undefined;
  #filled: Filled | undefined;

  constructor(fill: Fill) {
    beforeAll(async () => {
      this.#demo = await demoOf(RUNS, this.atMs);
      this.#filled = await fill(this.#demo);
    }, 120_000);
  }

  get demo(): Demo {
    if (this.#demo === undefined) throw new Error("the demo has not run yet");
    return this.#demo;
  }

  get filled(): Filled {
    if (this.#filled === undefined) throw new Error("the Loki is not filled yet");
    return this.#filled;
  }

  /** Asks an hour after the end: whatever has not ended by then is stalled, as at the end of a file. */
  asking(more: Partial<AskSettings> = {}): Ask {
    const { api, scope } = this.filled;
    return createAsk(api, { scope, config: new DetectorConfig(), now: () => this.atMs + HOUR, ...more });
  }

  async allRuns(ask: Ask, mode: VerdictMode): Promise<readonly RunRow[]> {
    const rows: RunRow[] = [];
    let cursor: Parameters<typeof ask<"runs">>[1]["cursor"];
    do {
      const page = await ask("runs", { range: this.range, mode, cursor });
      expect(page.cut).toBeUndefined();
      rows.push(...page.runs);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return rows;
  }

  async allSignals(ask: Ask, mode: VerdictMode): Promise<readonly SignalItem[]> {
    const items: SignalItem[] = [];
    let cursor: Parameters<typeof ask<"signals">>[1]["cursor"];
    do {
      const filter = { min_severity: "LOW", shadow: true } as const;
      const page = await ask("signals", { range: this.range, mode, filter, limit: 60, cursor });
      items.push(...page.signals);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return items;
  }

  /** Finished runs with what their producer recorded. */
  recordedOnes(): CliRun[] {
    return [...this.demo.recorded.values()].filter(isEnded);
  }

  /** Finished runs with what the command line computes. */
  ended(): CliRun[] {
    return [...this.demo.computed.values()].filter(isEnded);
  }
}

export function isEnded({ status }: Pick<CliRun, "status">): boolean {
  return status === "completed" || status === "errored";
}

type Judged = Pick<CliSignal, "failure_type" | "severity" | "base_severity" | "confidence" | "shadow">;

/** All that a verdict says. */
export function verdict({ failure_type, severity, base_severity, confidence, shadow }: Judged): string {
  return `${failure_type} ${severity} ${base_severity} ${confidence} ${shadow}`;
}

/** Verdicts by run, in the order of the ids. */
export function byRun(runs: readonly (readonly [string, readonly Judged[]])[]): [string, string[]][] {
  return runs
    .map(([run_id, signals]): [string, string[]] => [run_id, signals.map(verdict)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export const saidByCli = (runs: Iterable<CliRun>) => byRun([...runs].map((run) => [run.run_id, run.signals]));
export const saidByRows = (rows: readonly RunRow[]) =>
  byRun(rows.map(({ run, signals = [] }) => [run.run_id, signals]));

const RANKS: ReadonlyMap<string, number> = new Map(SEVERITIES.map((severity, rank) => [severity, rank]));

/** The signals of a run that count from a severity on. */
export function counted({ signals }: CliRun, least: Severity): readonly CliSignal[] {
  return signals.filter(({ severity, shadow }) => !shadow && (RANKS.get(severity) ?? 0) >= severityRank(least));
}
