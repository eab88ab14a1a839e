import type { AgentProfile } from "./agent";
import type { Stage } from "./stage";

/** One thing that agents do, or that goes wrong with them. */
export interface Scenario {
  /** In kebab case. */
  readonly name: string;
  /** The agents that have runs in it. */
  readonly agents: readonly AgentProfile[];
  /** How many runs it has. Default: 1. */
  readonly runs?: number;
  /** How common it is among the usual ones; undefined for a failure, of which each comes once in a while. */
  readonly share?: number;
  play(stage: Stage): Promise<void>;
}

export function runsOf(scenario: Scenario): number {
  return scenario.runs ?? 1;
}
