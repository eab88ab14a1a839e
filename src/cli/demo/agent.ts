import type { Baseline } from "../../core/baselines";
import type { FailureType } from "../../core/wire";

/** How long something of an agent usually takes and how large it usually is. */
export interface Habits {
  /** A model call, ms. */
  readonly llmMs: number;
  /** A tool call or retrieval, ms. */
  readonly toolMs: number;
  /** Tokens of the first prompt; undefined when the agent's model tells no token counts. */
  readonly promptTokens: number | undefined;
}

/** One of the agents of the demo. */
export interface AgentProfile {
  readonly id: string;
  readonly model: string;
  /** What the provider calls the model in its answers. */
  readonly answersAs: string;
  readonly provider: string;
  /** Undefined when the agent does not declare its tools. */
  readonly tools: readonly string[] | undefined;
  /** Tools that wait for a person. */
  readonly humanTools?: readonly string[];
  readonly prompt: string;
  readonly streaming: boolean;
  /** What kind of run it has; default: the SDK's. */
  readonly kind?: string;
  readonly source?: string;
  readonly habits: Habits;
  /** What three in four of its runs stay below, by fact; undefined for an agent too new to have a baseline. */
  readonly baseline: Baseline | undefined;
  /** Detectors that can judge no run of this agent. */
  readonly noData: readonly FailureType[];
}

/** Without a baseline there is nothing to compare with. */
export const NO_BASELINE: readonly FailureType[] = ["STEP_COUNT_INFLATION", "TURN_BURST"];

/** The prompt of an agent after so many changes to it; each is another version of the agent. */
export function promptOf(agent: AgentProfile, revision: number): string {
  return revision === 0 ? agent.prompt : `${agent.prompt} (revision ${revision})`;
}
