import type { DataQuery } from "@grafana/schema";
import type { Severity } from "../../core/wire";
import type { VerdictMode } from "../../logql/ask";
import type { SignalGroup } from "../../logql/builders";

/** The version of the query model that this code writes. `migrateQuery` brings older ones up. */
export const QUERY_VERSION = 1;

/** The types of queries that panels and Explore offer; `annotations` are those of a dashboard's annotations. */
export const QUERY_TYPES = ["runs", "run", "signals", "signalRate", "agents", "whatIf", "annotations"] as const;
export type AgentsQueryType = (typeof QUERY_TYPES)[number];

/** `table` one row per step, `logs` the raw lines, `trace` spans for Grafana's Traces panel. */
export const RUN_FORMATS = ["table", "logs", "trace"] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

/** `summary` one row per candidate, `runs` the runs that would fire. */
export const WHAT_IF_FORMATS = ["summary", "runs"] as const;
export type WhatIfFormat = (typeof WHAT_IF_FORMATS)[number];

export const VERDICT_MODES = ["auto", "recorded", "computed"] as const satisfies readonly VerdictMode[];
export const RUN_SORTS = ["newest", "slowest"] as const;
export type RunSort = (typeof RUN_SORTS)[number];
export const RATE_GROUPS = ["agent", "failure_type", "severity", "version"] as const satisfies readonly SignalGroup[];

/** What is marked on the panels of a dashboard. */
export const ANNOTATION_KINDS = ["signals", "deploys", "fixes"] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

/** A severity, or a variable that stands for one. */
export type SeverityText = Severity | (string & {});

/**
 * What a query is limited to; absent and empty filter nothing. Every text may hold template variables; in a list a
 * variable with several values becomes several entries, and one that says "All" drops the list.
 */
export interface QueryFilter {
  readonly agents?: readonly string[];
  readonly versions?: readonly string[];
  readonly session?: string;
  readonly environment?: string;
  /** Runs or signals at least this severe. */
  readonly minSeverity?: SeverityText;
  readonly failureTypes?: readonly string[];
  /** Whether shadow signals count. */
  readonly shadow?: boolean;
  /** Any text of the line, in upper or lower case. */
  readonly text?: string;
}

/**
 * A query as panels, dashboards and Explore store it.
 *
 * @example { refId: "A", version: 1, queryType: "runs", filter: { agents: ["$agent"] }, limit: 100 }
 * @example { refId: "A", version: 1, queryType: "run", runId: "${run}", format: "trace" }
 * @example { refId: "A", version: 1, queryType: "signals", filter: { minSeverity: "HIGH" }, mode: "auto" }
 * @example { refId: "A", version: 1, queryType: "signalRate", by: ["severity"] }
 * @example { refId: "A", version: 1, queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 4, 5" } }
 */
export interface AgentsQuery extends DataQuery {
  version: typeof QUERY_VERSION;
  queryType: AgentsQueryType;
  filter?: QueryFilter;
  /** Rows at most: of runs, signals, and runs named by a what-if. */
  limit?: number;
  /** Of runs and signals: where verdicts come from; `auto` by default. */
  mode?: VerdictMode;
  /** Where the page begins: the `cursor` of the page before, from `meta.custom` of its frame. */
  cursor?: string;

  /** Of `runs`: `newest` by default. */
  sort?: RunSort;
  /** Of `runs`: `completed`, `errored`, `stalled`, `running`; all by default. */
  statuses?: readonly string[];

  /** Of `run`. */
  runId?: string;
  /** Of `run`: `table` by default. Of `whatIf`: `summary` by default. */
  format?: RunFormat | WhatIfFormat;
  /** Of `run`: a time within it, ms since the epoch; found in the time range without it. */
  at?: string;

  /** Of `signalRate`: one series per group; by severity by default, one series for all when empty. */
  by?: readonly SignalGroup[];
  /** Of `signalRate`: length of a bar such as `5m`; that of the panel by default. */
  step?: string;

  /** Of `whatIf`. */
  failureType?: string;
  /** Of `whatIf`: thresholds that replace those of the settings; several values with commas are several candidates. */
  thresholds?: Readonly<Record<string, string>>;

  /** Of `annotations`: `signals` by default. */
  annotation?: AnnotationKind;
}

/** A variable's query: its values, which depend on the filter. */
export const VARIABLE_KINDS = ["agents", "versions", "runs", "failureTypes"] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];
export interface AgentsVariableQuery extends DataQuery {
  version: typeof QUERY_VERSION;
  kind: VariableKind;
  filter?: QueryFilter;
  limit?: number;
}
