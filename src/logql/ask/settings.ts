import type { Baselines } from "../../core/baselines";
import type { DetectorConfig } from "../../core/detectors";
import type { Prices } from "../../core/prices";
import type { Reduction } from "../../core/wire";
import type { Scope } from "../builders";

/** What answers depend on besides the lines. */
export interface AskSettings {
  /** What of a shared Loki is ours. */
  readonly scope: Scope;
  /** Thresholds of the reader, for `computed` verdicts and what-ifs. */
  readonly config: DetectorConfig;
  /**
   * Baselines to judge with. Undefined: each run is judged by the baseline its terminal line states (`payload.baseline`),
   * queries over many runs by the newest ones stated for each agent and version, and rules that need one have no data
   * where none is stated.
   */
  readonly baselines?: Baselines | undefined;
  /**
   * Prices the calls of runs that are rebuilt from their events; a function is called when the first such run comes up, and
   * one that fails counts as none. Without any, costs are what the lines state.
   */
  readonly prices?: Prices | (() => Promise<Prices>) | undefined;
  readonly reduction?: Reduction | undefined;
  /** The wall clock, ms. */
  readonly now: () => number;
  /** A run without an event for this long is stalled, ms; 90 s by default. */
  readonly stallAfterMs?: number | undefined;
  /** Verdicts where a question does not say; `auto` by default. */
  readonly mode?: "auto" | "recorded" | "computed" | undefined;
  /** uid of Grafana's Loki datasource, for the alert rules; `loki` by default. */
  readonly lokiUid?: string | undefined;
  /** Detectors judge so many runs here at most rather than by queries; all that one page of lines holds by default. */
  readonly mostJudged?: number | undefined;
  /** Lines of a run read at most; 50,000 by default. */
  readonly maxLines?: number | undefined;
}
