import { HEADLINE, selectSignals } from "../../../core/judging";
import type { RunFilter, SignalFilter } from "../../builders";
import type { ListedSignal, RunRow } from "../questions";

/** Those of a run's signals that pass the filter of a list of signals, in their order. */
export function wantedSignals(signals: readonly ListedSignal[], filter: SignalFilter): readonly ListedSignal[] {
  const { failure_types = [], min_severity = HEADLINE.minSeverity, shadow = HEADLINE.shadow } = filter;
  return selectSignals(signals, { minSeverity: min_severity, shadow }).filter(
    ({ failure_type }) => failure_types.length === 0 || failure_types.includes(failure_type),
  );
}

/** Whether a run has a signal that its filter asks for. */
export function passes({ signals = [] }: RunRow, filter: RunFilter): boolean {
  return wantedSignals(signals, { ...filter, min_severity: filter.min_severity ?? "LOW" }).length > 0;
}
