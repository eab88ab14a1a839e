import type { Baseline } from "../baselines/baseline";
import type { RunEvidence } from "../facts/evidence";
import type { FactName, Facts } from "../facts/facts";
import type { ExitReason, FailureType, Severity } from "../wire/terms";
import type { DetectorConditions } from "./condition";

/** Everything a rule may read, and nothing else. */
export interface RuleInput<T extends Thresholds = Thresholds> {
  readonly facts: Readonly<Facts>;
  /** The terminal event, undefined while the run goes on and for a stalled run. */
  readonly ended: "run.completed" | "run.errored" | undefined;
  readonly exit_reason: ExitReason | undefined;
  readonly baseline: Baseline;
  readonly thresholds: Readonly<T>;
}

/** The numeric settings of one detector; undefined means "off". */
export type Thresholds = Readonly<Record<string, number | undefined>>;

/** What a rule says when it fires. */
export interface RuleVerdict {
  readonly severity: Severity;
  /** 0 to 1, not yet rounded, before co-firing and overrides. */
  readonly confidence: number;
}

/**
 * When a rule is judged live: from the start of the run on, after every event, or only at its end.
 * All are judged at the end for the final verdict.
 */
export type LivePhase = "start" | "event" | "end";

export interface Fix {
  readonly description: string;
  readonly language: "typescript" | "text" | "yaml";
  readonly code: string;
}

/** A deterministic explanation for people. */
export interface Explanation {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  /** One sentence of evidence. */
  readonly evidence: string;
  /** One to three. */
  readonly fixes: readonly Fix[];
}

/** What evidence and explanation are made from. `evidence` is undefined when only the terminal line is at hand. */
export interface Findings<T extends Thresholds = Thresholds> extends RuleInput<T> {
  readonly verdict: RuleVerdict;
  readonly run: RunEvidence | undefined;
}

/** One failure signal, defined once for the SDK, the rebuilt run and LogQL. */
export interface Detector<T extends Thresholds = Thresholds> {
  readonly type: FailureType;
  /** Its section in detectors.yml. */
  readonly key: string;
  /** Its name for people, such as "Tool loop". */
  readonly label: string;
  /** One sentence: what it looks for. */
  readonly summary: string;
  readonly defaults: T;
  /** Stored without counting or alerting unless the settings say otherwise. */
  readonly shadow: boolean;
  /** The facts the rule reads: copied into the evidence of every signal. */
  readonly reads: readonly FactName[];
  readonly live: LivePhase;
  /** The worst the rule itself can say, overrides left aside. */
  readonly top: Severity;
  /** Whether later events can take the verdict back or lower it. */
  provisional(input: RuleInput<T>): boolean;
  /** What is missing to judge the run at all, or undefined. */
  needs(input: RuleInput<T>): string | undefined;
  /** Pure and allocation-free while it does not fire: it runs after every event. */
  rule(input: RuleInput<T>): RuleVerdict | undefined;
  /** May fire, but what it does not fire on is "no data" rather than clear (such as tokens of unmetered calls). */
  neverClear?(input: RuleInput<T>): string | undefined;
  /** The same rule as data, for LogQL: `needs`, `rule` and `neverClear` judge every run as these conditions do. */
  conditions(thresholds: Readonly<T>, baseline: Baseline): DetectorConditions;
  evidence(findings: Findings<T>): Record<string, unknown>;
  explain(findings: Findings<T>): Explanation;
  /** The step the signal is shown at, when there is one. */
  step(findings: Findings<T>): number | undefined;
}
