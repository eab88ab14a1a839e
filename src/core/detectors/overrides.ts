import type { Facts } from "../facts/facts";
import { type FailureType, type Severity, severityRank } from "../wire/terms";

/** Nearly the same call this often is beyond doubt. */
export const REPEAT_CALLS = 8;
/** So many failures at the end of a run are beyond doubt. */
export const TAIL_FAILURES = 5;

export interface Override {
  /** Exact: co-firing signals do not raise it. */
  readonly confidence: number;
  /** The signal is at least this severe. */
  readonly severity: Severity;
  /** Why, in one sentence for people. */
  reason(facts: Readonly<Facts>): string;
}

const REPEATED: Override = {
  severity: "CRITICAL",
  confidence: 0.98,
  reason: (facts) =>
    `Critical because ${facts.repeat_tool ?? "one tool"} was called ${facts.repeat_calls} times in this run, at least 90 % of them with the same arguments.`,
};
const FAILING: Override = {
  severity: "HIGH",
  confidence: 0.95,
  reason: (facts) => `Raised because the last ${facts.tail_failures} tool calls of the run all failed.`,
};

/** Whether facts beyond those of its rule may raise this signal. */
export function canBeOverridden(type: FailureType): boolean {
  return type === "TOOL_LOOP" || type === "RETRY_STORM" || type === "CASCADING_TOOL_FAILURE";
}

/** What overrides severity and confidence of a signal that fired; the first match wins. */
export function overrideOf(type: FailureType, facts: Readonly<Facts>): Override | undefined {
  if (!canBeOverridden(type)) return undefined;
  if (facts.repeat_calls >= REPEAT_CALLS) return REPEATED;
  return facts.tail_failures >= TAIL_FAILURES ? FAILING : undefined;
}

/** The worse of two severities. */
export function worseOf(a: Severity, b: Severity): Severity {
  return severityRank(a) >= severityRank(b) ? a : b;
}
