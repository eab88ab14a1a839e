import { DEFAULT_SETTINGS, explainSignal, judge, type Signal } from "../../core/detectors";
import { recordedVerdicts } from "../../core/judging";
import type { Run } from "../../core/run";
import { type FailureType, severityRank } from "../../core/wire";
import type { TimelineSignal } from "../timeline";

/**
 * The signals of a run: what its producer recorded; by the default thresholds, what nothing is recorded about. The last
 * line of a run says all of it; before that, each line of a signal says something of one type.
 */
export function framedSignals(run: Run): readonly TimelineSignal[] {
  const computed = computedSignals(run);
  const stepOf = (type: FailureType): number | undefined =>
    computed.find(({ failure_type }) => failure_type === type)?.step_index;
  const titleOf = (type: FailureType): string | undefined =>
    computed.find(({ failure_type }) => failure_type === type)?.title;
  const worded = ({ failure_type, severity, shadow, title, step_index }: Recorded): TimelineSignal => ({
    failure_type,
    severity,
    shadow,
    step_index: step_index ?? stepOf(failure_type),
    title: titleOf(failure_type) ?? title,
  });
  if (run.recorded?.signals !== undefined) return recordedVerdicts(run).signals.map(worded);
  const live = lineSignals(run);
  const unsaid = computed.filter(({ failure_type }) => !live.has(failure_type));
  return [...[...live.values()].map(worded), ...unsaid].sort(
    (a, b) => severityRank(b.severity) - severityRank(a.severity),
  );
}

type Recorded = Pick<Signal, "failure_type" | "severity" | "shadow" | "title" | "step_index">;

/** What the newest line of each type says. */
function lineSignals({ lines }: Run): ReadonlyMap<FailureType, Recorded> {
  const found = new Map<FailureType, Recorded>();
  for (const line of lines) {
    if (line.event_type !== "signal.detected" || "unknown" in line) continue;
    const { failure_type, severity, shadow, title } = line.payload;
    found.set(failure_type, { failure_type, severity, shadow, title });
  }
  return found;
}

/** By the default thresholds, and by the baseline that the last line states. */
function computedSignals(run: Run): readonly TimelineSignal[] {
  const { facts, ended, exit_reason } = run;
  const baseline = run.recorded?.baseline ?? {};
  const input = { facts, ended, exit_reason, baseline, settings: DEFAULT_SETTINGS, evidence: () => run.evidence };
  return judge(input).signals.map((signal) => ({
    failure_type: signal.failure_type,
    severity: signal.severity,
    shadow: signal.shadow,
    step_index: signal.step_index,
    title: explainSignal(signal, input).what,
  }));
}
