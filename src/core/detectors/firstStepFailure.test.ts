import { describe, expect, it } from "vitest";
import { firstStepFailure } from "./firstStepFailure";
import { outcomeOf, type RuleCase, testFindings, testInput } from "./testFacts";

const cases: readonly RuleCase<typeof firstStepFailure>[] = [
  ["no failure", {}, "clear"],
  ["an error at once", { facts: { first_failure_step: 0, first_failure_kind: "run_errored" } }, "MEDIUM 0.9"],
  ["an empty answer", { facts: { first_failure_step: 1, first_failure_kind: "empty_llm_response" } }, "MEDIUM 0.88"],
  [
    "a failed tool at the last first step",
    { facts: { first_failure_step: 2, first_failure_kind: "tool_failure" } },
    "MEDIUM 0.85",
  ],
  ["a later failure", { facts: { first_failure_step: 3, first_failure_kind: "run_errored" } }, "clear"],
  ["a failure of unknown kind", { facts: { first_failure_step: 1 } }, "MEDIUM 0.85"],
  [
    "a later limit",
    { facts: { first_failure_step: 3, first_failure_kind: "run_errored" }, thresholds: { max_step: 3 } },
    "MEDIUM 0.9",
  ],
];

describe("FIRST_STEP_FAILURE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(firstStepFailure, input)).toBe(outcome));

  it("can be taken back when it rests on an empty answer", () => {
    const provisional = (first_failure_kind: "empty_llm_response" | "tool_failure"): boolean =>
      firstStepFailure.provisional(
        testInput(firstStepFailure, { facts: { first_failure_step: 1, first_failure_kind } }),
      );
    expect(provisional("empty_llm_response")).toBe(true);
    expect(provisional("tool_failure")).toBe(false);
  });

  it("names the tool only when a tool failed", () => {
    const tool = { first_failure_step: 2, first_failure_kind: "tool_failure" } as const;
    const findings = testFindings(firstStepFailure, { facts: tool }, { first_failure_tool: "login" });
    expect(firstStepFailure.evidence(findings)).toEqual({
      trigger: "tool_failure",
      failed_step: 2,
      max_step: 2,
      tool: "login",
      ...tool,
    });
    expect(firstStepFailure.explain(findings).title).toBe("login failed at step 2");
    const errored = { first_failure_step: 1, first_failure_kind: "run_errored" } as const;
    const other = testFindings(firstStepFailure, { facts: errored }, { first_failure_tool: "login" });
    expect(firstStepFailure.evidence(other)).not.toHaveProperty("tool");
    expect(firstStepFailure.step(other)).toBe(1);
    expect(firstStepFailure.explain(other).title).toBe("The run ended with an error at step 1");
  });
});
