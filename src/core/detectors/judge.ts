import type { Baseline } from "../baselines/baseline";
import type { Facts } from "../facts/facts";
import type { ExitReason, FailureType } from "../wire/terms";
import type { RuleInput } from "./detector";
import { DETECTORS } from "./registry";
import type { DetectorSettings } from "./settings";
import { type EvidenceSource, type Fired, type Signal, toSignals } from "./signal";

export interface JudgeInput {
  /** All facts of the run, those of calls without answer included. */
  readonly facts: Readonly<Facts>;
  /** Undefined for a stalled run. */
  readonly ended: RuleInput["ended"];
  readonly exit_reason: ExitReason | undefined;
  readonly baseline: Baseline;
  readonly settings: DetectorSettings;
  /** Absent when only the terminal line is at hand: then the evidence of the signals is facts alone. */
  readonly evidence?: EvidenceSource;
}

/** A detector that could not judge the run, and what it missed. */
export interface NoData {
  readonly failure_type: FailureType;
  /** A noun phrase, such as "declared tools". */
  readonly missing: string;
}

/** A detector that is in neither list is clear. */
export interface Verdict {
  /** Worst first, of equal severity in the order of FAILURE_TYPES. */
  readonly signals: Signal[];
  readonly no_data: NoData[];
}

/**
 * The final verdict on a run.
 *
 * @example
 * const { signals, no_data } = judge({
 *   facts: tracker.finish(), ended: tracker.ended, exit_reason: tracker.exit_reason,
 *   baseline: {}, settings: DEFAULT_SETTINGS, evidence: tracker.evidence(),
 * });
 */
export function judge({ facts, ended, exit_reason, baseline, settings, evidence }: JudgeInput): Verdict {
  const fired: Fired[] = [];
  const no_data: NoData[] = [];
  for (const detector of DETECTORS) {
    const { thresholds, shadow } = settings[detector.type];
    const input: RuleInput = { facts, ended, exit_reason, baseline, thresholds };
    const missing = detector.needs(input);
    const verdict = missing === undefined ? detector.rule(input) : undefined;
    if (verdict !== undefined) {
      fired.push({ detector, input, verdict, shadow });
      continue;
    }
    const unclear = missing ?? detector.neverClear?.(input);
    if (unclear !== undefined) no_data.push({ failure_type: detector.type, missing: unclear });
  }
  return { signals: toSignals(fired, evidence), no_data };
}
