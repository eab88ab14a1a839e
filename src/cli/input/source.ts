import type { Run } from "../../core/run";

/** Which runs are wanted. */
export interface RunFilter {
  readonly agent_id?: string | undefined;
  /** Runs whose id starts with this, and the runs nested in them. */
  readonly run_id?: string | undefined;
}

/**
 * Where runs come from. Runs are handed out one by one, those that ended first, then those without a terminal line; a
 * consumer that lets go of each keeps memory constant.
 */
export interface RunSource {
  runs(filter?: RunFilter): AsyncIterable<Run>;
}
