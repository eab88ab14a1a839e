import { type LiveSignal, LiveSignals, wholeSignal } from "../../core/detectors";
import { FactTracker, isCounted } from "../../core/facts";
import type { JudgedRun, Judging } from "../../core/judging";
import { HEADLINE, selectSignals } from "../../core/judging";
import type { Prices } from "../../core/prices/prices";
import { type RunStatus, rebuildRun } from "../../core/run";
import {
  type FailureType,
  type Line,
  type Micros,
  type Severity,
  severityRank,
  type UnknownLine,
} from "../../core/wire";

/** A signal worth a line when it fires. */
export interface SignalNews {
  readonly failure_type: FailureType;
  readonly severity: Severity;
  readonly confidence: number;
  readonly title: string;
  /** Later events can take it back. */
  readonly provisional: boolean;
}

/** What happened to a run while it was watched; `time` is that of the run's last event then. */
export type LiveEvent = { readonly run: LiveRun; readonly time: Micros } & (
  | { readonly kind: "started" }
  | { readonly kind: "signal"; readonly signal: SignalNews }
  | { readonly kind: "ended"; readonly judged: JudgedRun }
);

type AnyLine = Line | UnknownLine;

export interface LiveRunOptions {
  readonly judging: Judging;
  readonly prices: Prices;
  /** Take signals from the producer's lines instead of computing them. */
  readonly recorded: boolean;
  /** Without an event for so long a run without a terminal line is stalled, ms. */
  readonly stallAfterMs: number;
}

/** One run while its lines come in. */
export class LiveRun {
  readonly run_id: string;
  readonly agent_id: string;
  /** Model of run.started, where it is known. */
  model: string | undefined;
  /** The run it is nested in. */
  parent_run_id: string | undefined;
  status: RunStatus = "running";
  /** Event time of the first line. */
  readonly started_at: Micros;
  /** Wall clock of the last line, ms. */
  lastSeen: number;
  /** Event time of the last event. */
  lastTime: Micros;
  /** Grows with every line, so that a view knows when to look again. */
  version = 0;
  readonly #options: LiveRunOptions;
  readonly #lines: AnyLine[] = [];
  readonly #live: LiveSignals;
  #tracker: FactTracker;
  #lastSeq = -1;
  /** A line came out of order: the tracker waits for `settle`. */
  #disordered = false;
  /** Rank of the worst severity told of each type. */
  readonly #told = new Map<FailureType, number>();
  #worst: SignalNews | undefined;
  #judged: { readonly version: number; readonly status: RunStatus; readonly value: JudgedRun } | undefined;

  constructor(line: AnyLine, now: number, options: LiveRunOptions) {
    this.run_id = line.run_id;
    this.agent_id = line.agent_id;
    this.started_at = line.time;
    this.lastSeen = now;
    this.lastTime = line.time;
    this.#options = options;
    this.#tracker = new FactTracker({ prices: options.prices });
    const { judging } = options;
    this.#live = new LiveSignals(
      judging.settingsFor(line.agent_id),
      judging.baselineFor(line.agent_id, line.agent_version),
    );
  }

  /** What is certain so far. */
  get facts(): FactTracker["facts"] {
    return this.#tracker.facts;
  }

  /** It has a terminal line. */
  get hasEnded(): boolean {
    return this.status === "completed" || this.status === "errored";
  }

  /** Signals told so far, and the worst of them. */
  get told(): { readonly count: number; readonly worst: SignalNews | undefined } {
    return { count: this.#told.size, worst: this.#worst };
  }

  /** ms from the first to the last event, and on to now while the run goes on. */
  durationMs(now: number): number {
    const elapsed = this.status === "running" ? now - this.lastSeen : 0;
    return (this.lastTime - this.started_at) / 1000 + Math.max(0, elapsed);
  }

  /** Takes a line as it comes; lines out of order are looked at with the next `settle`. */
  add(line: AnyLine, now: number): SignalNews[] {
    this.#lines.push(line);
    this.version += 1;
    this.parent_run_id ??= line.parent_run_id;
    this.lastSeen = now;
    if (line.event_type === "run.started" && !("unknown" in line)) this.model ??= line.payload.model;
    if (line.event_type === "run.completed") this.status = "completed";
    else if (line.event_type === "run.errored") this.status = "errored";
    else if (this.status === "stalled") this.status = "running";
    if (line.seq !== undefined && line.seq <= this.#lastSeq) this.#disordered = true;
    this.#lastSeq = Math.max(this.#lastSeq, line.seq ?? -1);
    this.lastTime = Math.max(this.lastTime, line.time);
    const counts = !this.#disordered && isCounted(line);
    if (counts) this.#tracker.add(line);
    if (this.#options.recorded) return this.#recorded(line);
    if (!counts) return [];
    const starts = line.event_type === "run.started" ? this.#live.started(this.#tracker) : [];
    return this.#news([...starts, ...this.#live.afterEvent(this.#tracker)]);
  }

  /** Once in a while: puts lines in order where that was needed, and looks at calls that hang. */
  settle(now: number): SignalNews[] {
    if (this.status !== "running") return [];
    if (this.#disordered) {
      this.#disordered = false;
      this.#tracker = new FactTracker({ prices: this.#options.prices });
      for (const line of rebuildRun(this.#lines).lines) if (isCounted(line)) this.#tracker.add(line);
      return this.#options.recorded ? [] : this.#news(this.#live.afterEvent(this.#tracker));
    }
    if (this.#options.recorded) return [];
    // The producer's clock may be another one, or a replayed one: it goes on from the last event.
    const time = this.lastTime + Math.max(0, now - this.lastSeen) * 1000;
    return this.#tracker.openCalls().flatMap((call) => this.#news(this.#live.hanging(this.#tracker, call, time)));
  }

  /** The final verdict, and what it says that was not told yet. */
  end(status: RunStatus): { readonly judged: JudgedRun; readonly news: SignalNews[] } {
    this.status = status;
    const judged = this.judged();
    const news = this.#news(
      selectSignals(judged.signals, HEADLINE).map((signal) => ({ ...wholeSignal(signal), provisional: false })),
    );
    return { judged, news };
  }

  /** The run as it stands, with the verdict on what is there. */
  judged(): JudgedRun {
    const kept = this.#judged;
    if (kept !== undefined && kept.version === this.version && kept.status === this.status) return kept.value;
    const { judging, prices } = this.#options;
    // Whether it is running or stalled is this reader's to say: its clock is the wall clock of arrival.
    const now = this.status === "running" ? this.lastTime : undefined;
    const value = judging.judge(rebuildRun(this.#lines, { prices, now }));
    this.#judged = { version: this.version, status: this.status, value };
    return value;
  }

  #recorded(line: AnyLine): SignalNews[] {
    if (line.event_type !== "signal.detected" || "unknown" in line || line.payload.shadow) return [];
    const { failure_type, severity, confidence, title, provisional = false } = line.payload;
    return severity === "LOW" ? [] : this.#news([{ failure_type, severity, confidence, title, provisional }]);
  }

  /** Those of a type not told before, or worse than told. */
  #news(signals: readonly (SignalNews | LiveSignal)[]): SignalNews[] {
    if (signals.length === 0) return [];
    return signals.flatMap(({ failure_type, severity, confidence, title, provisional }) => {
      const rank = severityRank(severity);
      if (rank <= (this.#told.get(failure_type) ?? -1)) return [];
      this.#told.set(failure_type, rank);
      const news = { failure_type, severity, confidence, title, provisional };
      if (this.#worst === undefined || rank > severityRank(this.#worst.severity)) this.#worst = news;
      return [news];
    });
  }
}
