import type { Baseline } from "../baselines/baseline";
import type { CallKind } from "../facts/calls";
import { emptyFacts } from "../facts/emptyFacts";
import type { RunEvidence } from "../facts/evidence";
import type { Facts } from "../facts/facts";
import type { Micros } from "../wire/line";
import { type FailureType, severityRank } from "../wire/terms";
import type { Detector, RuleInput, Thresholds } from "./detector";
import { canBeOverridden, overrideOf } from "./overrides";
import { DETECTORS, detectorOf } from "./registry";
import type { DetectorSettings } from "./settings";
import { type Fired, type Signal, toSignals, wholeSignal } from "./signal";
import { callLimit } from "./slowStep";

/** A run that goes on. */
export interface LiveRun {
  /** What is certain so far; may be updated in place. */
  readonly facts: Readonly<Facts>;
  evidence(): RunEvidence;
}

export type LiveSignal = Signal & {
  /** Later events can take it back or lower it. */
  readonly provisional: boolean;
};

/** A call that waits for its answer. */
export interface HangingCall {
  readonly kind: CallKind;
  readonly name: string | undefined;
  readonly step: number;
  readonly time: Micros;
  /** Waits for a person, so it is never slow. */
  readonly human: boolean;
}

const NONE: readonly never[] = Object.freeze([]);

interface Watched {
  readonly detector: Detector;
  readonly rule: Detector["rule"];
  readonly thresholds: Thresholds;
  /** Rank of the worst the rule itself can say. */
  readonly top: number;
  readonly raisable: boolean;
}

/** Settings are shared by many runs, so what is derived from them is kept. */
const watchedBySettings = new WeakMap<DetectorSettings, readonly Watched[]>();

function watchedOf(settings: DetectorSettings): readonly Watched[] {
  let watched = watchedBySettings.get(settings);
  if (watched === undefined) {
    watched = DETECTORS.filter(({ type, live }) => live !== "end" && !settings[type].shadow).map((detector) => ({
      detector,
      rule: detector.rule,
      thresholds: settings[detector.type].thresholds,
      top: severityRank(detector.top),
      raisable: canBeOverridden(detector.type),
    }));
    watchedBySettings.set(settings, watched);
  }
  return watched;
}

/** Stands in until the first event. */
const NO_FACTS: Readonly<Facts> = emptyFacts();
const NO_THRESHOLDS: Thresholds = {};
const NOT_REPORTED = -1;
const LOW = severityRank("LOW");
const MEDIUM = severityRank("MEDIUM");

/**
 * The signals of one run while it goes on: each is reported when it first holds at MEDIUM or above and again when its
 * severity rises, once per failure type and severity. LOW and shadow signals are left to the final verdict.
 *
 * @example
 * const live = new LiveSignals(DEFAULT_SETTINGS, {});
 * tracker.add(event);
 * for (const signal of live.afterEvent(tracker)) report(signal);
 */
export class LiveSignals {
  readonly #settings: DetectorSettings;
  readonly #watched: readonly Watched[];
  /** By position in #watched: rank of the worst severity reported. */
  readonly #reported: number[];
  /** Used for every rule in turn, so that an event costs no allocation. */
  readonly #input: { -readonly [K in keyof RuleInput]: RuleInput[K] };

  constructor(settings: DetectorSettings, baseline: Baseline) {
    this.#settings = settings;
    this.#watched = watchedOf(settings);
    this.#reported = new Array<number>(this.#watched.length).fill(NOT_REPORTED);
    this.#input = { facts: NO_FACTS, ended: undefined, exit_reason: undefined, baseline, thresholds: NO_THRESHOLDS };
  }

  /** To be called once, after run.started: what the first user input alone shows. */
  started(run: LiveRun): readonly LiveSignal[] {
    this.#input.facts = run.facts;
    const isNews = this.#watched.some((one, at) => one.detector.live === "start" && this.#isNews(one, at));
    return isNews ? this.#report(run) : NONE;
  }

  /**
   * To be called after every counted event. Costs a comparison or two per detector, and nothing is allocated while no
   * rule fires.
   *
   * @returns what is new, worst first; mostly the same empty array
   */
  afterEvent(run: LiveRun): readonly LiveSignal[] {
    this.#input.facts = run.facts;
    const watched = this.#watched;
    for (let at = 0; at < watched.length; at++) {
      const one = watched[at];
      if (one !== undefined && this.#isNews(one, at)) return this.#report(run);
    }
    return NONE;
  }

  /** For a watchdog: after how long an open call is to be looked at, ms; Infinity when slow steps are not reported. */
  slowAfterMs(kind: CallKind): number {
    const { thresholds, shadow } = this.#settings.SLOW_STEP;
    return shadow ? Infinity : callLimit(kind, this.#input.baseline, thresholds);
  }

  /**
   * For a watchdog: judges SLOW_STEP as if the open call were answered now. Past its limit the call is reported at any
   * severity, LOW too, and again when the severity rises.
   */
  hanging(run: LiveRun, call: HangingCall, now: Micros): readonly LiveSignal[] {
    const ms = Math.round((now - call.time) / 1000);
    const fact = call.kind === "llm" ? "slowest_llm_ms" : "slowest_tool_ms";
    if (call.human || ms <= (run.facts[fact] ?? 0)) return NONE;
    const record = { step: call.step, name: call.name, ms, start: call.time };
    return this.#report(
      {
        facts: { ...run.facts, [fact]: ms },
        evidence: () => ({ ...run.evidence(), [call.kind === "llm" ? "slowest_llm" : "slowest_tool"]: record }),
      },
      "SLOW_STEP",
    );
  }

  /** All failure types whose rule holds on the facts so far, of every severity, shadow ones too. */
  holding(run: LiveRun): readonly FailureType[] {
    this.#input.facts = run.facts;
    return DETECTORS.filter((detector) => this.#holds(detector)).map(({ type }) => type);
  }

  /** Whether the rule of one failure type holds: one of `holding`, at the cost of one rule. */
  holds(run: LiveRun, type: FailureType): boolean {
    this.#input.facts = run.facts;
    return this.#holds(detectorOf(type));
  }

  #holds({ type, rule, needs }: Detector): boolean {
    const input = this.#input;
    input.thresholds = this.#settings[type].thresholds;
    return rule(input) !== undefined && needs(input) === undefined;
  }

  #isNews(one: Watched, at: number): boolean {
    const input = this.#input;
    const reported = this.#reported[at] ?? NOT_REPORTED;
    if (reported >= one.top && reported >= raisedTo(one, input.facts)) return false;
    input.thresholds = one.thresholds;
    const verdict = one.rule(input);
    if (verdict === undefined) return false;
    const rank = Math.max(severityRank(verdict.severity), raisedTo(one, input.facts));
    return rank >= MEDIUM && rank > reported;
  }

  /** Judges the run as it is and takes out what is new, or what is new of one failure type whatever its severity. */
  #report(run: LiveRun, only?: FailureType): readonly LiveSignal[] {
    const { ended, exit_reason, baseline } = this.#input;
    const fired: Fired[] = [];
    for (const { detector, thresholds } of this.#watched) {
      const input: RuleInput = { facts: run.facts, ended, exit_reason, baseline, thresholds };
      const verdict = detector.needs(input) === undefined ? detector.rule(input) : undefined;
      if (verdict !== undefined) fired.push({ detector, input, verdict, shadow: false });
    }
    if (only !== undefined && !fired.some(({ detector }) => detector.type === only)) return NONE;
    const news: LiveSignal[] = [];
    for (const signal of toSignals(fired, run.evidence())) {
      const at = this.#watched.findIndex(({ detector }) => detector.type === signal.failure_type);
      const rank = severityRank(signal.severity);
      const isWanted = only === undefined ? rank >= MEDIUM : signal.failure_type === only;
      if (!isWanted || rank <= (this.#reported[at] ?? NOT_REPORTED)) continue;
      this.#reported[at] = rank;
      const input = fired.find(({ detector }) => detector.type === signal.failure_type)?.input;
      news.push({ ...wholeSignal(signal), provisional: only !== undefined || isProvisional(signal, input) });
    }
    return news;
  }
}

/** Rank of what an override would make of the signal, LOW without one. */
function raisedTo(one: Watched, facts: Readonly<Facts>): number {
  const override = one.raisable ? overrideOf(one.detector.type, facts) : undefined;
  return override === undefined ? LOW : severityRank(override.severity);
}

/** What an override adds can be taken back by other arguments or a success; the rule says what else can. */
function isProvisional(signal: Signal, input: RuleInput | undefined): boolean {
  if (signal.severity !== signal.base_severity) return true;
  return input !== undefined && detectorOf(signal.failure_type).provisional(input);
}
