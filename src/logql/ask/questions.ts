import type { Baseline } from "../../core/baselines/baseline";
import type { DetectorSettings, Explanation, NoData, Signal, Thresholds } from "../../core/detectors";
import type { Run, RunStatus } from "../../core/run";
import type { FailureType, LineOf, Severity } from "../../core/wire";
import type { IdentityFilter, RunFilter, SignalFilter, SignalGroup } from "../builders";
import type { AgentSummary, Cut, RunSummary, RunsCursor, SignalSeries, SignalsCursor } from "../readers";

/** Times in ms since the epoch: `from` ≤ time < `to`. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

interface Asked {
  readonly range: TimeSpan;
}

/**
 * Where verdicts come from: `recorded` from terminal lines and live lines of open runs, `computed` from facts with the
 * thresholds of the settings, `auto` recorded ones and computed ones where nothing is recorded.
 */
export type VerdictMode = "auto" | "recorded" | "computed";

/** Whether a page of rows is all there is, and where the next one begins. */
interface Page<Cursor> {
  readonly more: boolean;
  readonly cursor: Cursor | undefined;
  readonly cut: Cut | undefined;
}

/** A signal as lists show it: told from facts alone where the events of the run were not read. */
export interface ListedSignal extends Omit<Signal, "evidence"> {
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Later events can take it back: of runs that are still open. */
  readonly provisional: boolean;
  /** `recorded` by the producer or `computed` by the reader. */
  readonly origin: "recorded" | "computed";
  /** What the other origin says where it differs: a severity, or null for "clear". Undefined where they agree or one is missing. */
  readonly differs: Severity | null | undefined;
}

export interface RunRow {
  readonly run: RunSummary;
  /** Worst first, LOW and shadow ones too; undefined where nothing can be said. */
  readonly signals: readonly ListedSignal[] | undefined;
}

export interface RunsQuestion extends Asked {
  readonly filter?: RunFilter | undefined;
  readonly statuses?: readonly RunStatus[] | undefined;
  /** `slowest` looks at finished runs only. */
  readonly sort?: "newest" | "slowest" | undefined;
  readonly mode?: VerdictMode | undefined;
  /** 100 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: RunsCursor | undefined;
}
export interface RunsAnswer extends Page<RunsCursor> {
  readonly runs: readonly RunRow[];
}

/** A signal of one run with everything that can be said of it. */
export interface ExplainedSignal extends ListedSignal {
  readonly explanation: Explanation;
}

/** How often a failure type came up among an agent's runs of the 7 days before. */
export interface RateContext {
  readonly agent_id: string;
  readonly failure_type: FailureType;
  /** Runs with the signal, and finished runs, in the window. */
  readonly fired: number;
  readonly runs: number;
  /** `first`: no other run of the window has it; `systemic`: at least 10 % of the runs have it. */
  readonly rate: "first" | "recurring" | "systemic";
}

export interface RunQuestion extends Asked {
  readonly run_id: string;
  readonly agent_id?: string | undefined;
  /** A time within the run, ms: reading begins there. */
  readonly around?: number | undefined;
  readonly mode?: VerdictMode | undefined;
}
export interface RunAnswer {
  /** Undefined when no line of it lies in the time asked for. */
  readonly found: RunDetails | undefined;
  readonly cut: Cut | undefined;
}
export interface RunDetails {
  readonly run: Run;
  readonly signals: readonly ExplainedSignal[];
  readonly no_data: readonly NoData[];
  readonly settings: DetectorSettings;
  readonly baseline: Baseline;
  /** Lines that name the run and break the wire format. */
  readonly unreadable: number;
  /** Runs nested in it, in the order they started. */
  readonly children: readonly RunRow[];
  /** LogQL that reads the lines of this run. */
  readonly logql: string;
}

export interface SignalsQuestion extends Asked {
  readonly filter?: SignalFilter | undefined;
  readonly mode?: VerdictMode | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: SignalsCursor | undefined;
}
export interface SignalItem extends ExplainedSignal {
  readonly run_id: string;
  readonly agent_id: string;
  readonly agent_version: string | undefined;
  readonly session_id: string | undefined;
  /** `live` of a run that is still open. */
  readonly phase: "final" | "live";
  /** When it was recorded, ms. */
  readonly at: number;
  /** When its run began, ms; undefined while only a live line is known. */
  readonly started_at: number | undefined;
}
export interface SignalsAnswer extends Page<SignalsCursor> {
  readonly signals: readonly SignalItem[];
}

export interface SignalRateQuestion extends Asked {
  readonly filter?: SignalFilter | undefined;
  readonly by: readonly SignalGroup[];
  /** Length of a bar, ms. */
  readonly stepMs: number;
}
export interface SignalRateAnswer {
  readonly series: readonly SignalSeries[];
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
}
export interface TotalsQuestion extends Asked {
  readonly filter?: IdentityFilter | undefined;
  /** Of the signals that count; HIGH by default. */
  readonly min_severity?: Severity | undefined;
}

export interface AgentsQuestion extends Asked {
  readonly filter?: IdentityFilter | undefined;
  /** Agents without a run for this long are quiet; 30 min by default. */
  readonly quietMs?: number | undefined;
}
export interface AgentRow extends AgentSummary {
  /** Final signals of the time by type, worst severity of each; shadow ones left out. */
  readonly signals: readonly {
    readonly failure_type: FailureType;
    readonly severity: Severity;
    readonly count: number;
  }[];
  readonly cost_usd: number | undefined;
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
  readonly cost_usd: number | undefined;
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
  readonly judged: number;
  readonly detectors: readonly DetectorRow[];
}

/** Is there anything at all, and how fresh is it? */
export interface FreshnessAnswer {
  /** Time of the newest line, ms; undefined when there is none in the range. */
  readonly newest: number | undefined;
  readonly newest_run: number | undefined;
}

export interface SessionQuestion extends Asked {
  readonly session_id: string;
  readonly agents?: readonly string[] | undefined;
}
export interface SessionAnswer {
  readonly runs: readonly RunRow[];
  readonly cut: Cut | undefined;
}

/** Everything a view can ask, and what it gets. */
export interface Questions {
  readonly runs: { readonly question: RunsQuestion; readonly answer: RunsAnswer };
  readonly run: { readonly question: RunQuestion; readonly answer: RunAnswer };
  readonly session: { readonly question: SessionQuestion; readonly answer: SessionAnswer };
  readonly signals: { readonly question: SignalsQuestion; readonly answer: SignalsAnswer };
  readonly signalRate: { readonly question: SignalRateQuestion; readonly answer: SignalRateAnswer };
  readonly rates: { readonly question: RatesQuestion; readonly answer: RatesAnswer };
  readonly totals: { readonly question: TotalsQuestion; readonly answer: Totals };
  readonly agents: { readonly question: AgentsQuestion; readonly answer: AgentsAnswer };
  readonly quiet: { readonly question: Pick<AgentsQuestion, "filter" | "quietMs">; readonly answer: QuietAnswer };
  readonly versions: { readonly question: VersionsQuestion; readonly answer: VersionsAnswer };
  readonly markers: { readonly question: MarkersQuestion; readonly answer: MarkersAnswer };
  readonly whatIf: { readonly question: WhatIfQuestion; readonly answer: WhatIfAnswer };
  readonly detectors: { readonly question: DetectorsQuestion; readonly answer: DetectorsAnswer };
  readonly freshness: { readonly question: Asked; readonly answer: FreshnessAnswer };
}
export type QuestionKind = keyof Questions;
export type QuestionOf<K extends QuestionKind> = Questions[K]["question"];
export type AnswerOf<K extends QuestionKind> = Questions[K]["answer"];

/**
 * The one query function of the views. Rejects with a LokiError and nothing else.
 *
 * @example const { runs } = await ask("runs", { range, filter: { agents: ["support-bot"] } }, signal);
 */
export type Ask = <K extends QuestionKind>(
  kind: K,
  question: QuestionOf<K>,
  signal?: AbortSignal,
) => Promise<AnswerOf<K>>;
