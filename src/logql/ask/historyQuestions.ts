import type { DetectorSettings, Thresholds } from "../../core/detectors";
import type { FailureType, LineOf, Severity } from "../../core/wire";
import type { IdentityFilter, RunFilter, Scope } from "../builders";
import type { AgentSummary, Cut, RunSummary } from "../readers";
import type { Asked, VerdictMode } from "./asked";

/** How often a failure type came up among an agent's runs of the 7 days before. */
export interface RateContext {
  readonly agent_id: string;
  readonly failure_type: FailureType;
  /** Runs with the signal, LOW ones only where there is nothing worse, and finished runs, in the window. */
  readonly fired: number;
  readonly runs: number;
  /** `first`: no other run of the window has it; `systemic`: at least 10 % of the runs have it. */
  readonly rate: "first" | "recurring" | "systemic";
}

/** Sums over the finished runs of a time. */
export interface Totals {
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  /** Of priced runs; undefined when there are none. */
  readonly cost_usd: number | undefined;
  /** Finished runs that state no cost. */
  readonly unpriced: number;
  readonly p95_duration_ms: number | undefined;
  readonly average_duration_ms: number | undefined;
  /** Signals at least as severe as the filter says, shadow ones left out. */
  readonly signals: number;
  /** Average duration over time, ms, where `stepMs` asks for it; `time` in seconds since the epoch is the end of a point. */
  readonly durations: readonly { readonly time: number; readonly value: number }[] | undefined;
}
export interface TotalsQuestion extends Asked {
  /** Where it asks for what only terminal lines tell, open runs are not counted and `started` is 0. */
  readonly filter?: RunFilter | undefined;
  /** Of the signals that count; HIGH by default. */
  readonly min_severity?: Severity | undefined;
  /** Length of a point of `durations`, ms; without it none are read. */
  readonly stepMs?: number | undefined;
}

export interface AgentsQuestion extends Asked {
  /** Where it asks for what only terminal lines tell, open runs are not counted and `started` is 0. */
  readonly filter?: RunFilter | undefined;
  /** Agents without a run for this long are quiet; 30 min by default. */
  readonly quietMs?: number | undefined;
}
export interface AgentRow extends AgentSummary {
  /** Final signals from MEDIUM on by type, worst severity of each; shadow ones left out. */
  readonly signals: readonly {
    readonly failure_type: FailureType;
    readonly severity: Severity;
    readonly count: number;
  }[];
  /** Of priced runs; undefined when there are none. */
  readonly cost_usd: number | undefined;
  /** Finished runs that state no cost. */
  readonly unpriced: number;
  readonly average_duration_ms: number | undefined;
}
export interface AgentsAnswer {
  readonly agents: readonly AgentRow[];
}

/** Had runs within the last 24 h and none for `quietMs`, whatever the range says. */
export interface QuietAnswer {
  readonly agents: readonly AgentSummary[];
}

export interface VersionsQuestion extends Asked {
  readonly agent_id: string;
}
export interface VersionRow {
  readonly agent_version: string;
  readonly completed: number;
  readonly failed: number;
  /** Of priced runs; undefined when there are none. */
  readonly cost_usd: number | undefined;
  /** Finished runs that state no cost. */
  readonly unpriced: number;
  readonly average_duration_ms: number | undefined;
  readonly p95_duration_ms: number | undefined;
  readonly signals: number;
}
export interface VersionsAnswer {
  readonly versions: readonly VersionRow[];
}

export interface MarkersQuestion extends Asked {
  readonly agents?: readonly string[] | undefined;
}
export interface Marker {
  /** ms. */
  readonly at: number;
  readonly agent_id: string;
  readonly line: LineOf<"deploy.marker"> | LineOf<"fix.applied">;
}
export interface MarkersAnswer {
  readonly markers: readonly Marker[];
  readonly cut: Cut | undefined;
}

export interface RatesQuestion {
  /** The end of the 7 days, ms. */
  readonly at: number;
  readonly of: readonly { readonly agent_id: string; readonly failure_type: FailureType }[];
}
export interface RatesAnswer {
  readonly rates: readonly RateContext[];
}

export interface WhatIfQuestion extends Asked {
  readonly failure_type: FailureType;
  /** Each is one what-if: thresholds that replace those of the settings for every agent. */
  readonly candidates: readonly Partial<Thresholds>[];
  readonly filter?: RunFilter | undefined;
  /** Runs named for each candidate at most; none by default. */
  readonly runs?: number | undefined;
}
export interface WhatIfAnswer {
  /** Finished runs with facts, and how many fire with the settings as they are. */
  readonly judged: number;
  readonly today: number;
  readonly candidates: readonly {
    readonly thresholds: Partial<Thresholds>;
    readonly fired: number;
    readonly by_agent: Readonly<Record<string, number>>;
    /** Newest first. */
    readonly runs: readonly RunSummary[];
    readonly logql: string;
  }[];
  /** How long the queries took, ms. */
  readonly took_ms: number;
}

/** Each detector over the history: what the Detectors page lists. */
export interface DetectorsQuestion extends Asked {
  readonly filter?: IdentityFilter | undefined;
  /** Length of a point of the sparkline, ms. */
  readonly stepMs: number;
}
export interface DetectorRow {
  readonly failure_type: FailureType;
  /** Runs that fire with the settings as they are; undefined where no run has what the rule needs. */
  readonly fired: number | undefined;
  /** Recorded signals over time. */
  readonly points: readonly { readonly time: number; readonly value: number }[];
}
export interface DetectorsAnswer {
  /** Finished runs with facts. */
  readonly judged: number;
  /**
   * `runs`: each was judged here, with the baseline its line states where the settings have none. `queries`: there are too
   * many for that, so Loki counted them, with the newest baselines that lines of each agent and version state.
   */
  readonly judged_by: "runs" | "queries";
  /** What the runs are judged by: the settings of the agent where the filter names exactly one, else those of all others. */
  readonly settings: DetectorSettings;
  /** Agents with settings of their own. */
  readonly own_settings: readonly string[];
  readonly detectors: readonly DetectorRow[];
}

/** What answers are made with; no query. */
export interface ConfigurationQuestion {
  /** Whose settings; those of all agents without settings of their own by default. */
  readonly agent_id?: string | undefined;
}
export interface ConfigurationAnswer {
  readonly settings: DetectorSettings;
  /** Agents with settings of their own. */
  readonly own_settings: readonly string[];
  /** Agents whose baselines are given rather than computed. */
  readonly given_baselines: readonly string[];
  /** Matchers that go into every selector; empty when there are none. */
  readonly scope: NonNullable<Scope["base"]>;
  readonly mode: VerdictMode;
}

/** Alert rules for the settings in use, to be provisioned. */
export interface AlertRulesQuestion {
  /** The least severity that alerts; HIGH by default. */
  readonly min_severity?: Severity | undefined;
}
export interface AlertRulesAnswer {
  /** Each with its path below the folder of provisioning, such as `alerting/rules.yaml`. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** uid of the Loki data source that the rules of Grafana ask. */
  readonly datasource: string;
  /** Matchers that go into every selector; empty when there are none. */
  readonly scope: NonNullable<Scope["base"]>;
}

/** Is there anything at all, and how fresh is it? */
export interface FreshnessAnswer {
  /** Time of the newest line, ms; undefined when there is none in the range. */
  readonly newest: number | undefined;
  readonly newest_run: number | undefined;
}
