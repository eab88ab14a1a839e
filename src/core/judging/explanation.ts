import { detectorOf, type Explanation, explainSignal, type Signal } from "../detectors";
import { hasEvents, type Judged, type ListedRun } from "./judging";

/** What stands where there is nothing to explain a recorded signal with. */
export const NOT_FOUND_TODAY = "Recorded by the producer; today's thresholds do not find it.";

/** The explanation of a signal, or undefined when today's thresholds do not find what the producer recorded. */
export function explanationOf(
  signal: Pick<Signal, "failure_type" | "base_severity" | "confidence">,
  { run, settings, baseline }: Judged<ListedRun>,
): Explanation | undefined {
  const { facts, ended, exit_reason } = run;
  const { thresholds } = settings[signal.failure_type];
  const fires = detectorOf(signal.failure_type).rule({ facts, ended, exit_reason, baseline, thresholds });
  if (fires === undefined) return undefined;
  const evidence = hasEvents(run) ? run.evidence : undefined;
  return explainSignal(signal, { facts, ended, exit_reason, baseline, settings, ...(evidence && { evidence }) });
}
