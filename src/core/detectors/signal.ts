import type { RunEvidence } from "../facts/evidence";
import { FAILURE_TYPES, type FailureType, type Severity, severityRank } from "../wire/terms";
import { roundConfidence } from "./confidence";
import type { Detector, Findings, RuleInput, RuleVerdict } from "./detector";
import { overrideOf, worseOf } from "./overrides";

/** One failure signal of a run. */
export interface Signal {
  readonly failure_type: FailureType;
  readonly severity: Severity;
  /** What the rule alone said. */
  readonly base_severity: Severity;
  /** 0 to 1, 4 decimals. */
  readonly confidence: number;
  /** Recorded, but neither counted nor alerted. */
  readonly shadow: boolean;
  /** One sentence for people. */
  readonly title: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly step_index?: number | undefined;
}

/** What the verdicts rest on, or how to get it once somebody asks. */
export type EvidenceSource = RunEvidence | (() => RunEvidence) | undefined;

/** The evidence itself. */
export function evidenceOf(source: EvidenceSource): RunEvidence | undefined {
  return typeof source === "function" ? source() : source;
}

/** A rule that fired, before other signals and overrides are looked at. */
export interface Fired {
  readonly detector: Detector;
  readonly input: RuleInput;
  readonly verdict: RuleVerdict;
  readonly shadow: boolean;
}

/** By how much signals that fire together raise each other's confidence: for 0, 1, 2, 3 and at least 4 of them. */
const CO_FIRING = [1, 1, 1.15, 1.3, 1.4] as const;

function isCounted({ verdict, shadow }: Fired): boolean {
  return !shadow && verdict.severity !== "LOW";
}

/**
 * Makes signals of the rules that fired on one run: first those of MEDIUM and above outside shadow raise each other's
 * confidence, then overrides apply. Title, evidence and step are made when they are first read, because most readers only
 * count; the facts must not change until then.
 *
 * @returns worst first, of equal severity in the order of FAILURE_TYPES
 */
export function toSignals(fired: readonly Fired[], evidence: EvidenceSource): Signal[] {
  const together = fired.filter(isCounted).length;
  return fired.map((one) => toSignal(one, together, evidence)).sort(bySeverity);
}

function toSignal(fired: Fired, together: number, source: EvidenceSource): Signal {
  const { detector, input, verdict, shadow } = fired;
  const override = overrideOf(detector.type, input.facts);
  const isRaised = isCounted(fired);
  const boost = isRaised ? (CO_FIRING[Math.min(together, 4)] ?? 1) : 1;
  // 0 when alone, as in the lines of the Python package.
  const coSignals = together >= 2 ? together : 0;
  return Object.assign(new Details(fired, source, isRaised ? coSignals : undefined), {
    failure_type: detector.type,
    severity: override === undefined ? verdict.severity : worseOf(verdict.severity, override.severity),
    base_severity: verdict.severity,
    confidence: override?.confidence ?? roundConfidence(Math.min(1, verdict.confidence * boost)),
    shadow,
  });
}

/** The parts of a signal that cost something: made when they are first read, then kept. */
class Details implements Pick<Signal, "title" | "evidence" | "step_index"> {
  readonly #fired: Fired;
  readonly #source: EvidenceSource;
  readonly #coSignals: number | undefined;
  #findings: Findings | undefined;
  #title: string | undefined;
  #evidence: Record<string, unknown> | undefined;

  constructor(fired: Fired, source: EvidenceSource, coSignals: number | undefined) {
    this.#fired = fired;
    this.#source = source;
    this.#coSignals = coSignals;
  }

  get title(): string {
    this.#title ??= this.#fired.detector.explain(this.#look()).title;
    return this.#title;
  }

  get evidence(): Record<string, unknown> {
    if (this.#evidence === undefined) {
      this.#evidence = this.#fired.detector.evidence(this.#look());
      if (this.#coSignals !== undefined) this.#evidence.co_signal_count = this.#coSignals;
    }
    return this.#evidence;
  }

  get step_index(): number | undefined {
    return this.#fired.detector.step(this.#look());
  }

  #look(): Findings {
    const { input, verdict } = this.#fired;
    this.#findings ??= { ...input, verdict, run: evidenceOf(this.#source) };
    return this.#findings;
  }
}

/** A signal with everything in its own properties, for what is written or copied. */
export function wholeSignal(signal: Signal): Signal {
  const { failure_type, severity, base_severity, confidence, shadow, title, evidence, step_index } = signal;
  return { failure_type, severity, base_severity, confidence, shadow, title, evidence, step_index };
}

function bySeverity(a: Signal, b: Signal): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    FAILURE_TYPES.indexOf(a.failure_type) - FAILURE_TYPES.indexOf(b.failure_type)
  );
}
