import type { Explanation } from "../../core/detectors";
import { type DetectorState, detectorStates, explanationOf } from "../../core/judging";
import type { Step } from "../../core/run";
import type { FoundRun } from "../judging/findRun";
import { type LoggedLine, loggedLine } from "./eventLog";
import type { ChildRun } from "./runHeader";
import { type RunRecord, runRecord } from "./runRecord";
import type { RunSections } from "./sections";
import { knownOf } from "./steps";

/** A step as programs read it; times in ms from the start of the run. */
export interface StepRecord {
  readonly step_index: number;
  readonly kind: Step["kind"];
  readonly name: string | null;
  readonly start_ms: number;
  readonly duration_ms: number;
  readonly answered: boolean;
  readonly failed: boolean;
  /** What the lines say of it in short words. */
  readonly known: readonly string[];
}

/** One run as programs read it: `dunetrace run ID … --format json`. */
export interface RunDetails extends RunRecord {
  readonly explanations: Readonly<Record<string, Explanation>>;
  readonly detectors: readonly DetectorState[];
  readonly steps: readonly StepRecord[];
  readonly children: readonly ChildRun[];
  readonly missing_lines: number;
  readonly raw_content: boolean;
  readonly lines?: readonly LoggedLine[];
}

export function runDetails({ judged, children }: FoundRun, wanted: RunSections): RunDetails {
  const { run, signals } = judged;
  const explanations = signals.flatMap((signal) => {
    const explanation = explanationOf(signal, judged);
    return explanation === undefined ? [] : [[signal.failure_type, explanation] as const];
  });
  return {
    ...runRecord(judged),
    explanations: Object.fromEntries(explanations),
    detectors: detectorStates(judged),
    steps: run.steps.map((step) => ({
      step_index: step.step_index,
      kind: step.kind,
      name: step.name ?? null,
      start_ms: (step.start - run.started_at) / 1000,
      duration_ms: step.duration_ms,
      answered: step.answered,
      failed: step.failed,
      known: knownOf(step),
    })),
    children,
    missing_lines: run.missing_lines,
    raw_content: run.raw_content,
    ...(wanted.lines === true ? { lines: run.lines.map((line) => loggedLine(line, run)) } : {}),
  };
}
