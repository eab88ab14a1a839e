import type { Signal } from "../detectors";
import { type Severity, severityRank } from "../wire";

/** Which signals count: headlines and gates leave LOW and shadow ones out unless asked for. */
export interface SignalSelection {
  readonly minSeverity: Severity;
  readonly shadow: boolean;
}

export const HEADLINE: SignalSelection = { minSeverity: "MEDIUM", shadow: false };

/** The selected ones of a run's signals, in their order. */
export function selectSignals<S extends Pick<Signal, "severity" | "shadow">>(
  signals: readonly S[],
  selection: SignalSelection,
): S[] {
  const least = severityRank(selection.minSeverity);
  return signals.filter((signal) => severityRank(signal.severity) >= least && (selection.shadow || !signal.shadow));
}
