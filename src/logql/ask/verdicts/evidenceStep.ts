/** What evidence calls the step its signal is about, whatever else it names: of each detector the first that is there. */
const NAMES = [
  ...["step_index", "failed_step", "change_step", "truncated_step", "last_truncation_step"],
  ...["last_call_step", "last_fail_step", "last_step", "first_step", "current_step"],
];

/** The step that a signal is about, where its evidence tells. */
export function evidenceStep(evidence: Readonly<Record<string, unknown>>): number | undefined {
  for (const name of NAMES) {
    const step = evidence[name];
    if (typeof step === "number" && Number.isInteger(step) && step >= 0) return step;
  }
  return undefined;
}
