import type { Baseline } from "../../core/baselines/baseline";
import type { DetectorSettings, Explanation, NoData, Signal } from "../../core/detectors";
import type { Run, RunStatus } from "../../core/run";
import type { Severity } from "../../core/wire";
import type { RunFilter, SignalFilter, SignalGroup } from "../builders";
import type { Cut, RunSummary, RunsCursor, SignalSeries, SignalsCursor } from "../readers";
import type { Asked, VerdictMode } from "./asked";
import type {
  AgentsAnswer,
  AgentsQuestion,
  AlertRulesAnswer,
  AlertRulesQuestion,
  ConfigurationAnswer,
  ConfigurationQuestion,
  DetectorsAnswer,
  DetectorsQuestion,
  FreshnessAnswer,
  MarkersAnswer,
  MarkersQuestion,
  QuietAnswer,
  RatesAnswer,
  RatesQuestion,
  Totals,
  TotalsQuestion,
  VersionsAnswer,
  VersionsQuestion,
  WhatIfAnswer,
  WhatIfQuestion,
} from "./historyQuestions";

export type { TimeSpan, VerdictMode } from "./asked";
export type * from "./historyQuestions";

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
  /** 100 by default. Where runs are judged before they are filtered, a page may hold more. */
  readonly limit?: number | undefined;
  readonly cursor?: RunsCursor | undefined;
}
export interface RunsAnswer extends Page<RunsCursor> {
  readonly runs: readonly RunRow[];
}

/** A signal of one run with everything that can be said of it. */
export interface ExplainedSignal extends ListedSignal {
  readonly explanation: Explanation;
  /** LogQL that finds runs with it: over the facts of terminal lines, or the lines of the run where the run is open. */
  readonly logql?: string | undefined;
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
  /** What only the other origin found, each with `differs: null`; empty where one origin is missing. */
  readonly only_other: readonly ExplainedSignal[];
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
  readonly configuration: { readonly question: ConfigurationQuestion; readonly answer: ConfigurationAnswer };
  readonly alertRules: { readonly question: AlertRulesQuestion; readonly answer: AlertRulesAnswer };
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
