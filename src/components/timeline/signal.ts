import type { ExplainedSignal } from "../../logql/ask";
import type { RunSummary } from "../../logql/readers";

/** What of a signal is marked at its step. */
export type TimelineSignal = Pick<ExplainedSignal, "failure_type" | "severity" | "shadow" | "title" | "step_index">;

/** A run nested in the one that is drawn. */
export interface NestedRun {
  readonly run: Pick<RunSummary, "run_id" | "agent_id" | "status" | "started_at" | "duration_ms">;
}
