import { detectorOf, type Signal, type Verdict } from "../detectors";
import { FAILURE_TYPES, type FailureType, isRecord, type LineOf, severityRank } from "../wire";
import type { ListedRun } from "./judging";

/**
 * What the producer said when the run ended. A run without a terminal line, or whose line has no verdicts, has no data
 * for any detector. The terminal line does not say which detectors had no data then.
 */
export function recordedVerdicts(run: ListedRun): Verdict {
  const recorded = run.recorded?.signals;
  if (recorded === undefined) {
    const missing = run.recorded === undefined ? "a terminal line" : "verdicts on the terminal line";
    return { signals: [], no_data: FAILURE_TYPES.map((failure_type) => ({ failure_type, missing })) };
  }
  const lines = finalSignals(run);
  const signals = FAILURE_TYPES.flatMap((failure_type): Signal[] => {
    const verdict = recorded[failure_type];
    if (verdict === undefined) return [];
    const payload = lines.get(failure_type)?.payload;
    return [
      {
        failure_type,
        severity: verdict.severity,
        base_severity: verdict.base_severity,
        confidence: verdict.confidence,
        shadow: verdict.shadow,
        title: payload?.title ?? detectorOf(failure_type).label,
        evidence: isRecord(payload?.evidence) ? payload.evidence : {},
      },
    ];
  });
  // Sorting is stable: among equals the order of FAILURE_TYPES stays.
  return { signals: signals.sort((a, b) => severityRank(b.severity) - severityRank(a.severity)), no_data: [] };
}

/** The line that says what the producer finally found, by type. */
function finalSignals(run: ListedRun): Map<FailureType, LineOf<"signal.detected">> {
  const found = new Map<FailureType, LineOf<"signal.detected">>();
  for (const line of run.lines ?? []) {
    if (line.event_type !== "signal.detected" || "unknown" in line) continue;
    if (line.payload.phase === "final") found.set(line.payload.failure_type, line);
  }
  return found;
}
