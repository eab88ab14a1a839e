import type { Facts } from "./facts";

type Kind = NonNullable<Facts["first_failure_kind"]>;

/** Of failures at the same step the one that stands first here counts. */
const ORDER: readonly Kind[] = ["run_errored", "empty_llm_response", "tool_failure"];

/** Enters a failure into first_failure_step and first_failure_kind when it is earlier than the one known. */
export function noteFailure(facts: Facts, step: number, kind: Kind): boolean {
  const { first_failure_step, first_failure_kind } = facts;
  if (first_failure_step !== undefined && first_failure_kind !== undefined) {
    const isLater = step > first_failure_step;
    const isSecond = step === first_failure_step && ORDER.indexOf(kind) >= ORDER.indexOf(first_failure_kind);
    if (isLater || isSecond) return false;
  }
  facts.first_failure_step = step;
  facts.first_failure_kind = kind;
  return true;
}
