import type { Baseline } from "./baseline";

/** The schema of baselines.json this package writes and reads. */
export const BASELINES_SCHEMA = 1;
/** The key of the baselines over all versions of an agent. */
export const ALL_VERSIONS = "*";

/** The baselines of one agent and version, or of the agent alone. */
export interface BaselineEntry {
  /** Completed runs in the window. */
  readonly runs: number;
  /** The 75th percentile of each fact that enough of them have. */
  readonly p75: Baseline;
}

/** baselines.json, as `dunetrace baselines` writes it. */
export interface BaselineFile {
  readonly schema: typeof BASELINES_SCHEMA;
  /** The end of the window, RFC 3339. */
  readonly generated_at: string;
  readonly window_days: number;
  /** By agent, then by version or `*`. */
  readonly agents: Readonly<Record<string, Readonly<Record<string, BaselineEntry>>>>;
}
