import { detectorOf, type Signal, wholeSignal } from "../../../core/detectors";
import type { Judged, ListedRun } from "../../../core/judging";
import { recordedVerdicts } from "../../../core/judging";
import { type Severity, severityRank } from "../../../core/wire";
import type { RunSummary } from "../../readers";
import type { ListedSignal, VerdictMode } from "../questions";
import { evidenceStep } from "./evidenceStep";

/** What the producer and the reader say of one run; undefined where one of them says nothing. */
export interface BothVerdicts {
  readonly recorded: readonly ListedSignal[] | undefined;
  readonly computed: readonly ListedSignal[] | undefined;
}

/** What a list shows of a run under a mode, each signal with what the other origin says where it differs. */
export function chosen(both: BothVerdicts, mode: VerdictMode): readonly ListedSignal[] | undefined {
  const isComputed = mode === "computed" || (mode === "auto" && both.recorded === undefined);
  const [own, other] = isComputed ? [both.computed, both.recorded] : [both.recorded, both.computed];
  return own?.map((signal) => ({ ...signal, differs: other && difference(signal, other) }));
}

/** What only the origin that was not chosen found. */
export function onlyOther(both: BothVerdicts, mode: VerdictMode): readonly ListedSignal[] {
  const { recorded, computed } = both;
  if (recorded === undefined || computed === undefined) return [];
  const [own, other] = mode === "computed" ? [computed, recorded] : [recorded, computed];
  return other
    .map((signal) => ({ ...signal, differs: difference(signal, own) }))
    .filter(({ differs }) => differs === null);
}

/** Null where the others do not have it, their severity where it is another one. */
function difference(signal: ListedSignal, others: readonly ListedSignal[]): Severity | null | undefined {
  const found = others.find(({ failure_type }) => failure_type === signal.failure_type);
  if (found === undefined) return null;
  return found.severity === signal.severity ? undefined : found.severity;
}

/** The verdicts of the reader. */
export function computedSignals({ run, signals }: Judged<ListedRun>): readonly ListedSignal[] {
  const provisional = run.ended === undefined;
  return signals.map((signal) => listed(signal, "computed", provisional));
}

/** The final verdicts of a terminal line, in words where the facts say enough. */
export function statedSignals(
  summary: RunSummary,
  judged: Judged<ListedRun> | undefined,
): readonly ListedSignal[] | undefined {
  return summary.signals?.map(({ failure_type, ...verdict }) => {
    const { label } = detectorOf(failure_type);
    return listed(worded({ failure_type, ...verdict, title: label, evidence: {} }, judged), "recorded", false);
  });
}

/** The final verdicts of a run whose events are at hand: its lines have the words. */
export function recordedSignals(judged: Judged<ListedRun>): readonly ListedSignal[] | undefined {
  if (judged.run.recorded?.signals === undefined) return undefined;
  return recordedVerdicts(judged.run).signals.map((signal) => listed(worded(signal, judged), "recorded", false));
}

export function listed(signal: Signal, origin: ListedSignal["origin"], provisional: boolean): ListedSignal {
  const step_index = signal.step_index ?? evidenceStep(signal.evidence);
  return { ...wholeSignal(signal), step_index, origin, provisional, differs: undefined };
}

/** A recorded verdict with the words and the evidence of the computed one, where no line has any. */
function worded(signal: Signal, judged: Judged<ListedRun> | undefined): Signal {
  const found = judged?.signals.find(({ failure_type }) => failure_type === signal.failure_type);
  if (found === undefined) return signal;
  const { evidence, title, step_index } = found;
  const isBare = signal.title === detectorOf(signal.failure_type).label && Object.keys(signal.evidence).length === 0;
  return isBare
    ? { ...signal, title, evidence, step_index }
    : { ...signal, step_index: signal.step_index ?? step_index };
}

/** Worst first; among equals the order stays. */
export function worstFirst(signals: readonly ListedSignal[]): readonly ListedSignal[] {
  return [...signals].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}
