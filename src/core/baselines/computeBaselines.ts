import type { Facts } from "../facts/facts";
import type { RunStatus } from "../run/run";
import type { Micros } from "../wire/line";
import { formatMicros } from "../wire/time";
import { BASELINE_FACTS, type BaselineFact } from "./baseline";
import { ALL_VERSIONS, BASELINES_SCHEMA, type BaselineEntry, type BaselineFile } from "./file";
import { percentile } from "./percentile";

/** What a run contributes; every rebuilt run is one. */
export interface BaselineRun {
  readonly agent_id: string;
  readonly agent_version?: string | undefined;
  readonly status: RunStatus;
  readonly ended_at: Micros;
  readonly facts: Readonly<Partial<Facts>>;
}

export interface BaselineOptions {
  /** The end of the window. */
  readonly now: Micros;
  /** Days before now whose runs count; 7 by default. */
  readonly windowDays?: number | undefined;
  /** Runs that must have a fact for it to get a baseline; 20 by default. */
  readonly minRuns?: number | undefined;
}

const MICROS_PER_DAY = 86_400_000_000;
/** Facts have at most 4 decimals, and interpolation adds two (quarters). */
const DECIMALS = 1_000_000;

/** The values of the facts of one agent and version. */
class Group {
  #runs = 0;
  readonly #values = new Map<BaselineFact, number[]>(BASELINE_FACTS.map((fact) => [fact, []]));

  add(facts: Readonly<Partial<Facts>>): void {
    this.#runs++;
    for (const [fact, values] of this.#values) {
      const value = facts[fact];
      if (value !== undefined && Number.isFinite(value)) values.push(value);
    }
  }

  /** Undefined when no fact has enough runs. */
  entry(minRuns: number): BaselineEntry | undefined {
    const p75: Partial<Record<BaselineFact, number>> = {};
    for (const [fact, values] of this.#values) {
      if (values.length < Math.max(1, minRuns)) continue;
      const value = percentile(
        values.sort((a, b) => a - b),
        0.75,
      );
      p75[fact] = Math.round(value * DECIMALS) / DECIMALS;
    }
    return Object.keys(p75).length === 0 ? undefined : { runs: this.#runs, p75 };
  }
}

class Groups {
  readonly #agents = new Map<string, Map<string, Group>>();

  add(agent_id: string, version: string, facts: Readonly<Partial<Facts>>): void {
    const versions = this.#agents.get(agent_id) ?? new Map<string, Group>();
    this.#agents.set(agent_id, versions);
    const group = versions.get(version) ?? new Group();
    versions.set(version, group);
    group.add(facts);
  }

  /** Sorted by agent and version. Object.fromEntries makes own properties of all names, `__proto__` too. */
  entries(minRuns: number): BaselineFile["agents"] {
    const agents = sorted(this.#agents).map(([agent_id, versions]): [string, Record<string, BaselineEntry>] => {
      const entries = sorted(versions).map(([version, group]) => [version, group.entry(minRuns)] as const);
      return [agent_id, Object.fromEntries(entries.filter(isThere))];
    });
    return Object.fromEntries(agents.filter(([, versions]) => Object.keys(versions).length > 0));
  }
}

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function isThere(entry: readonly [string, BaselineEntry | undefined]): entry is readonly [string, BaselineEntry] {
  return entry[1] !== undefined;
}

/**
 * Computes the baselines of the agents in the runs: for each agent and version, and for each agent over all its versions
 * (`*`), the 75th percentile of each fact over the completed runs that ended in the window. The order of the runs makes no
 * difference. A version named `*` counts for the agent alone.
 *
 * @example
 * const file = computeBaselines(runs, { now });
 * file.agents["support-bot"]?.["*"]?.p75.steps // 14.25
 */
export function computeBaselines(runs: Iterable<BaselineRun>, options: BaselineOptions): BaselineFile {
  const { now, windowDays = 7, minRuns = 20 } = options;
  const since = now - windowDays * MICROS_PER_DAY;
  const groups = new Groups();
  for (const { agent_id, agent_version, status, ended_at, facts } of runs) {
    if (status !== "completed" || !(ended_at >= since && ended_at <= now)) continue;
    groups.add(agent_id, ALL_VERSIONS, facts);
    if (agent_version !== undefined && agent_version !== ALL_VERSIONS) groups.add(agent_id, agent_version, facts);
  }
  return {
    schema: BASELINES_SCHEMA,
    generated_at: formatMicros(now),
    window_days: windowDays,
    agents: groups.entries(minRuns),
  };
}
