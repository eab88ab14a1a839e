import type { RunEvidence } from "../facts/evidence";
import { FAILURE_TYPES, type FailureType, type Severity, severityRank } from "../wire/terms";
import { roundConfidence } from "./confidence";
import type { Detector, RuleInput, RuleVerdict } from "./detector";
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
  readonly step_index?: number;
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
 * confidence, then overrides apply.
 *
 * @returns worst first, of equal severity in the order of FAILURE_TYPES
 */
export function toSignals(fired: readonly Fired[], run: RunEvidence | undefined): Signal[] {
  const together = fired.filter(isCounted).length;
  return fired.map((one) => toSignal(one, together, run)).sort(bySeverity);
}

function toSignal(fired: Fired, together: number, run: RunEvidence | undefined): Signal {
  const { detector, input, verdict, shadow } = fired;
  const findings = { ...input, verdict, run };
  const override = overrideOf(detector.type, input.facts);
  const isRaised = isCounted(fired);
  const boost = isRaised ? (CO_FIRING[Math.min(together, 4)] ?? 1) : 1;
  const step = detector.step(findings);
  const evidence = detector.evidence(findings);
  // 0 when alone, as in the lines of the Python package.
  if (isRaised) evidence.co_signal_count = together >= 2 ? together : 0;
  return {
    failure_type: detector.type,
    severity: override === undefined ? verdict.severity : worseOf(verdict.severity, override.severity),
    base_severity: verdict.severity,
    confidence: override?.confidence ?? roundConfidence(Math.min(1, verdict.confidence * boost)),
    shadow,
    title: detector.explain(findings).title,
    evidence,
    ...(step === undefined ? {} : { step_index: step }),
  };
}

function bySeverity(a: Signal, b: Signal): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    FAILURE_TYPES.indexOf(a.failure_type) - FAILURE_TYPES.indexOf(b.failure_type)
  );
}
