import type { Run, Step } from "../../core/run";
import { KIND_NAMES, knownOf, slowestStep, stepName } from "../../core/words";
import { finder } from "./find";

/** A step as the table shows it. */
export interface StepRow {
  readonly key: string;
  readonly step: Step;
  /** From the start of the run, ms. */
  readonly at_ms: number;
  readonly name: string;
  readonly known: readonly string[];
  /** It took longest of all, and long enough to matter. */
  readonly slowest: boolean;
}

/** One row per step that has what is looked for, in order. */
export function stepRows(
  { steps, started_at }: Pick<Run, "steps" | "started_at">,
  find: string,
  slowStepMinMs: number,
): readonly StepRow[] {
  const slowest = slowestStep(steps);
  const matches = finder(find);
  return steps.flatMap((step, index): StepRow[] => {
    const name = stepName(step);
    const known = knownOf(step);
    const row = {
      key: String(index),
      step,
      at_ms: (step.start - started_at) / 1000,
      name,
      known,
      slowest: step === slowest && step.duration_ms >= slowStepMinMs,
    };
    return matches(`step ${step.step_index} ${KIND_NAMES[step.kind]} ${name} ${known.join(" ")}`) ? [row] : [];
  });
}
