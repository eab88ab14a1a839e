import {
  ALL_VERSIONS,
  BASELINE_FACTS,
  type BaselineEntry,
  type BaselineFact,
  type BaselineFile,
  type Baselines,
  parseBaselines,
} from "../../core/baselines";
import { formatMicros } from "../../core/wire";
import type { LogqlText, LokiApi, Nanos } from "../api";
import { type BaselineRequest, baselineCount, baselineP75, baselineRuns, type Scope } from "../builders";
import { inTurns } from "./inTurns";
import { microsOf, msToNanos } from "./request";
import { bySplitting } from "./splitByAgents";

export interface BaselinesRequest {
  /** The end of the window. */
  readonly at: Nanos;
  readonly scope?: Scope | undefined;
  readonly agents?: readonly string[] | undefined;
  /** Days before `at` whose runs count; 7 by default. */
  readonly windowDays?: number | undefined;
  /** Runs that must have a fact for it to get a baseline; 20 by default. */
  readonly minRuns?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadBaselines {
  /** What `dunetrace baselines` writes. */
  readonly file: BaselineFile;
  readonly baselines: Baselines;
}

const DAY_MS = 86_400_000;
/** As many decimals as the baselines of files have. */
const DECIMALS = 1_000_000;
const AT_ONCE = 4;

interface Entry {
  runs: number;
  readonly p75: Partial<Record<BaselineFact, number>>;
}

/** Entries by agent and version; Map keeps names such as `__proto__` apart from what objects have. */
class Entries {
  readonly agents = new Map<string, Map<string, Entry>>();

  of(agent_id: string, version: string): Entry {
    const versions = this.agents.get(agent_id) ?? new Map<string, Entry>();
    this.agents.set(agent_id, versions);
    const entry = versions.get(version) ?? { runs: 0, p75: {} };
    versions.set(version, entry);
    return entry;
  }

  file(at: Nanos, windowDays: number): BaselineFile {
    const agents = sorted(this.agents).map(([agent_id, versions]): [string, Record<string, BaselineEntry>] => [
      agent_id,
      Object.fromEntries(sorted(versions).filter(([, entry]) => Object.keys(entry.p75).length > 0)),
    ]);
    return {
      schema: 1,
      generated_at: formatMicros(microsOf(at)),
      window_days: windowDays,
      agents: Object.fromEntries(agents.filter(([, versions]) => Object.keys(versions).length > 0)),
    };
  }
}

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Computes the baselines of agents and versions from the completed runs of the days before `at`, as `dunetrace
 * baselines` does from files.
 *
 * @throws LokiError
 * @example
 * const { baselines } = await readBaselines(api, { at: now });
 * baselines.baselineOf("support-bot", "59c22128").steps // 14.25, or undefined
 */
export async function readBaselines(api: LokiApi, request: BaselinesRequest): Promise<ReadBaselines> {
  const { at, scope = {}, agents, windowDays = 7, signal } = request;
  const minRuns = Math.max(1, request.minRuns ?? 20);
  const entries = new Entries();
  const windowMs = windowDays * DAY_MS;
  const end = at + 1n;
  const read = async (per: BaselineRequest["per"]): Promise<void> => {
    const perAgent = bySplitting(api, { start: end - msToNanos(windowMs), end, scope, agents, signal });
    const ask = (queryOf: (asked: BaselineRequest) => LogqlText) =>
      perAgent((some) => api.instant({ query: queryOf({ agents: some, windowMs, per }), time: at }, signal));
    const entryOf = (metric: Readonly<Record<string, string>>): Entry | undefined => {
      const { agent_id = "", ver = "" } = metric;
      if (per === "agent") return entries.of(agent_id, ALL_VERSIONS);
      return ver === "" || ver === ALL_VERSIONS ? undefined : entries.of(agent_id, ver);
    };
    const runs = await ask((asked) => baselineRuns(scope, asked));
    // Without enough runs no fact has enough: most windows of new agents end here.
    if (!runs.some(({ value }) => value >= minRuns)) return;
    for (const { metric, value } of runs) {
      const entry = entryOf(metric);
      if (entry !== undefined) entry.runs = value;
    }
    await inTurns(BASELINE_FACTS, AT_ONCE, async (fact) => {
      const counts = await ask((asked) => baselineCount(scope, fact, asked));
      const enough = new Set(counts.filter(({ value }) => value >= minRuns).map(({ metric }) => entryOf(metric)));
      enough.delete(undefined);
      if (enough.size === 0) return;
      for (const { metric, value } of await ask((asked) => baselineP75(scope, fact, asked))) {
        const entry = entryOf(metric);
        if (entry !== undefined && enough.has(entry)) entry.p75[fact] = Math.round(value * DECIMALS) / DECIMALS;
      }
    });
  };
  await read("agent");
  await read("version");
  const file = entries.file(at, windowDays);
  return { file, baselines: parseBaselines(file, "baselines from Loki") };
}
