import type { RunStatus } from "../../core/run";
import type { FailureType, Severity } from "../../core/wire";

/** The verdict that the script of a run is made to get. */
export interface Expectation {
  /** Default: completed. */
  readonly status?: Exclude<RunStatus, "running">;
  /** Everything that fires, LOW and shadow signals too, with its final severity. Default: nothing. */
  readonly signals?: Readonly<Partial<Record<FailureType, Severity>>>;
  /** What cannot be judged, besides what the agent's profile rules out. Default: nothing. */
  readonly no_data?: readonly FailureType[];
}

/** What the manifest says of one run. */
export interface ManifestEntry {
  readonly agent_id: string;
  readonly status: Exclude<RunStatus, "running">;
  readonly signals: Readonly<Partial<Record<FailureType, Severity>>>;
  readonly no_data: readonly FailureType[];
}
