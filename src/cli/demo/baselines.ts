import {
  BASELINE_FACTS,
  type Baseline,
  type BaselineEntry,
  type BaselineFact,
  type BaselineFile,
} from "../../core/baselines";
import { agentVersion } from "../../core/hashing";
import { formatMicros, type Micros } from "../../core/wire";
import { sha256Hex } from "../../sdk/hashing";
import { type AgentProfile, promptOf } from "./agent";

/** Facts measured by the clock of the lines. */
const BY_CLOCK: ReadonlySet<BaselineFact> = new Set<BaselineFact>([
  "active_ms",
  "slowest_tool_ms",
  "slowest_llm_ms",
  "slowest_gap_ms",
]);
/** How many runs the baselines rest on, so to speak. */
const RUNS = 40;
const WINDOW_DAYS = 7;

/** The version of an agent, as the SDK makes it. */
export function versionOf(agent: AgentProfile, revision: number): string {
  const { model, tools } = agent;
  return agentVersion({ systemPrompt: promptOf(agent, revision), model, tools }, sha256Hex);
}

/** What of a baseline is seen on a clock that goes so many times faster. */
function seenAt(speed: number, baseline: Baseline): Baseline {
  const seen: Partial<Record<BaselineFact, number>> = {};
  for (const fact of BASELINE_FACTS) {
    const value = baseline[fact];
    if (value !== undefined) seen[fact] = BY_CLOCK.has(fact) ? value / speed : value;
  }
  return seen;
}

/**
 * The baselines that the agents of the demo run with, in the format of `dunetrace baselines`.
 *
 * @param speed how many times faster than scripted the clock of the lines goes
 */
export function baselinesOf(agents: readonly AgentProfile[], at: Micros, speed: number): BaselineFile {
  const entries: [string, Record<string, BaselineEntry>][] = [];
  for (const agent of agents) {
    if (agent.baseline === undefined) continue;
    const entry = { runs: RUNS, p75: seenAt(speed, agent.baseline) };
    // Later versions have too few runs: they go by those of the agent as a whole.
    entries.push([agent.id, { [versionOf(agent, 0)]: entry, "*": { ...entry, runs: 2 * RUNS } }]);
  }
  return {
    schema: 1,
    generated_at: formatMicros(at),
    window_days: WINDOW_DAYS,
    agents: Object.fromEntries(entries),
  };
}
