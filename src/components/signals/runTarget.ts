import type { SignalItem } from "../../logql/ask";
import type { LinkTarget } from "../environment";

/** The run of a signal, at the step it is about. */
export function runTarget(signal: SignalItem): LinkTarget {
  const { run_id, agent_id, failure_type, started_at, at } = signal;
  const step = stepOf(signal);
  return {
    page: "run",
    id: run_id,
    params: {
      agent: agent_id,
      at: String(Math.floor(started_at ?? at)),
      step: step === undefined ? undefined : String(step),
      // Told from facts alone a signal does not know its step; the run knows it by the failure.
      signal: failure_type,
    },
  };
}

/** The step a signal is about, as far as it is known here. */
export function stepOf({ step_index, evidence }: Pick<SignalItem, "step_index" | "evidence">): number | undefined {
  const { first_step } = evidence;
  return step_index ?? (typeof first_step === "number" ? first_step : undefined);
}
