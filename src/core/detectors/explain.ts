import type { FailureType } from "../wire/terms";
import type { Explanation, Findings, RuleInput } from "./detector";
import type { JudgeInput } from "./judge";
import { overrideOf } from "./overrides";
import { detectorOf } from "./registry";
import { evidenceOf, type Signal } from "./signal";

/**
 * The explanation of a signal for people: what happened, why it matters, the evidence and what to do. The same for the
 * same findings, and made without a model.
 */
export function explain(type: FailureType, findings: Findings): Explanation {
  const explanation = detectorOf(type).explain(findings);
  const override = overrideOf(type, findings.facts);
  if (override === undefined) return explanation;
  return { ...explanation, evidence: `${explanation.evidence} ${override.reason(findings.facts)}` };
}

/**
 * The explanation of a signal that `judge` returned for this input.
 *
 * @example
 * const verdict = judge(input);
 * for (const signal of verdict.signals) print(explainSignal(signal, input).what);
 */
export function explainSignal(
  signal: Pick<Signal, "failure_type" | "base_severity" | "confidence">,
  { facts, ended, exit_reason, baseline, settings, evidence }: JudgeInput,
): Explanation {
  const input: RuleInput = {
    facts,
    ended,
    exit_reason,
    baseline,
    thresholds: settings[signal.failure_type].thresholds,
  };
  const verdict = { severity: signal.base_severity, confidence: signal.confidence };
  return explain(signal.failure_type, { ...input, verdict, run: evidenceOf(evidence) });
}
