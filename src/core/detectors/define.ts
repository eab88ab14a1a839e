import type { Baseline } from "../baselines/baseline";
import type { RunEvidence } from "../facts/evidence";
import type { FactName, Facts } from "../facts/facts";
import type { FailureType, Severity } from "../wire/terms";
import { type DetectorConditions, NEVER } from "./condition";
import type { Detector, Explanation, Findings, LivePhase, RuleInput, RuleVerdict, Thresholds } from "./detector";

/** Findings of a run whose events are at hand, not its terminal line alone. */
export interface RunFindings<T extends Thresholds> extends Findings<T> {
  readonly run: RunEvidence;
}

/** What a detector module states; what most detectors have in common may be left out. */
export interface Definition<T extends Thresholds> {
  readonly type: FailureType;
  readonly label: string;
  readonly summary: string;
  readonly defaults: T;
  /** Default: false. */
  readonly shadow?: boolean;
  readonly reads: readonly FactName[];
  /** Default: "event". */
  readonly live?: LivePhase;
  readonly top: Severity;
  /** Default: never. */
  provisional?(input: RuleInput<T>): boolean;
  /** Default: nothing, the run can always be judged. */
  needs?(input: RuleInput<T>): string | undefined;
  rule(input: RuleInput<T>): RuleVerdict | undefined;
  neverClear?(input: RuleInput<T>): string | undefined;
  /** `rule` as data; `missing` is `needs`, `unclear` is `neverClear`, both by default never. */
  conditions(
    thresholds: Readonly<T>,
    baseline: Baseline,
  ): Pick<DetectorConditions, "tiers"> & Partial<DetectorConditions>;
  /** What goes into the evidence besides the facts the rule reads. Default: nothing. */
  evidence?(findings: RunFindings<T>): Record<string, unknown>;
  explain(findings: Findings<T>): Explanation;
  /** Default: no step. */
  step?(findings: RunFindings<T>): number | undefined;
}

const no = (): boolean => false;
const nothing = (): undefined => undefined;

/**
 * Makes a detector of what its module states: adds the defaults and the facts the rule reads to the evidence. All
 * detectors get the same keys in the same order, which keeps the loop over them fast.
 *
 * @example
 * export const silence = defineDetector({
 *   type: "TOOL_LOOP", label: "Tool loop", summary: "…", defaults: { threshold: 3 }, reads: ["loop_count"], top: "LOW",
 *   rule: ({ facts, thresholds }) => (facts.loop_count >= thresholds.threshold ? { severity: "LOW", confidence: 0.5 } : undefined),
 *   conditions: ({ threshold }) => ({ tiers: [{ severity: "LOW", when: atLeast("loop_count", threshold) }] }),
 *   explain: () => ({ title: "…", what: "…", why: "…", evidence: "…", fixes: [] }),
 * });
 */
export function defineDetector<T extends Thresholds>(definition: Definition<T>): Detector<T> {
  return {
    type: definition.type,
    key: definition.type.toLowerCase(),
    label: definition.label,
    summary: definition.summary,
    defaults: definition.defaults,
    shadow: definition.shadow ?? false,
    reads: definition.reads,
    live: definition.live ?? "event",
    top: definition.top,
    provisional: definition.provisional ?? no,
    needs: definition.needs ?? nothing,
    rule: definition.rule,
    neverClear: definition.neverClear ?? nothing,
    conditions: (thresholds, baseline) => ({
      missing: NEVER,
      unclear: NEVER,
      ...definition.conditions(thresholds, baseline),
    }),
    evidence(findings) {
      const facts = factsRead(definition.reads, findings.facts);
      return hasRun(findings) ? { ...definition.evidence?.(findings), ...facts } : facts;
    },
    explain: definition.explain,
    step: (findings) => (hasRun(findings) ? definition.step?.(findings) : undefined),
  };
}

function hasRun<T extends Thresholds>(findings: Findings<T>): findings is RunFindings<T> {
  return findings.run !== undefined;
}

function factsRead(names: readonly FactName[], facts: Readonly<Facts>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of names) if (facts[name] !== undefined) read[name] = facts[name];
  return read;
}
