import type { ExitReason } from "../../sdk";
import { property } from "../models/values";

/** How a root run can end that did not fail. */
export type Ending = Exclude<ExitReason, "error" | "policy_violation">;

const ABORTED: ReadonlySet<unknown> = new Set(["AbortError", "ModelAbortError", "APIUserAbortError"]);

/** Whether something was thrown to steer a graph, such as a pause for a person: no failure. */
export function isSteering(error: unknown): boolean {
  return property(error, "is_bubble_up") === true;
}

/** How a root run ended whose error is none of the agent's; undefined for all others. */
export function endingOf(error: unknown): Ending | undefined {
  if (isSteering(error)) return "completed";
  const name = property(error, "name");
  if (ABORTED.has(name)) return "aborted";
  const isLimit = name === "GraphRecursionError" || property(error, "lc_error_code") === "GRAPH_RECURSION_LIMIT";
  return isLimit ? "max_steps" : undefined;
}

/** Whether a graph was paused, to wait for a person. */
export function isPause(error: unknown): boolean {
  const name = property(error, "name");
  return name === "GraphInterrupt" || name === "NodeInterrupt";
}
