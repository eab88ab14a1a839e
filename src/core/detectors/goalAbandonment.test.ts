import { describe, expect, it } from "vitest";
import { goalAbandonment } from "./goalAbandonment";
import { outcomeOf, type RuleCase, testAction, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof goalAbandonment>[] = [
  ["no tool was ever used", { facts: { llm_tail: 9 } }, "clear"],
  ["one LLM call too few", { facts: { tool_calls: 1, llm_tail: 3 } }, "clear"],
  ["a run that goes on", { facts: { tool_calls: 1, llm_tail: 4 } }, "MEDIUM 0.5"],
  ["a longer tail", { facts: { tool_calls: 1, llm_tail: 8 } }, "MEDIUM 0.9"],
  [
    "a final answer",
    { facts: { tool_calls: 1, llm_tail: 8 }, ended: "run.completed", exit_reason: "final_answer" },
    "clear",
  ],
  ["a handoff", { facts: { tool_calls: 1, llm_tail: 8 }, ended: "run.completed", exit_reason: "handoff" }, "clear"],
  ["an error", { facts: { tool_calls: 1, llm_tail: 4 }, ended: "run.errored", exit_reason: "error" }, "MEDIUM 0.5"],
  [
    "the step limit",
    { facts: { tool_calls: 1, llm_tail: 4 }, ended: "run.completed", exit_reason: "max_steps" },
    "MEDIUM 0.5",
  ],
];

describe("GOAL_ABANDONMENT", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(goalAbandonment, input)).toBe(outcome));

  it("shows the last action and what followed", () => {
    const findings = testFindings(
      goalAbandonment,
      { facts: { tool_calls: 1, llm_tail: 4 } },
      {
        current_step: 7,
        last_action: testAction({ step: 3 }),
        sequence: ["llm", "llm", "tool", "llm", "llm", "llm", "llm"],
      },
    );
    expect(goalAbandonment.evidence(findings)).toEqual({
      stall_steps: 4,
      last_tool_step: 3,
      last_tool_used: "web_search",
      current_step: 7,
      steps_since_last_tool: 4,
      stall_event_sequence: ["llm", "llm", "llm", "llm"],
      tool_calls: 1,
      llm_tail: 4,
    });
    expect(goalAbandonment.step(findings)).toBe(7);
    expect(goalAbandonment.explain(findings).title).toBe(
      "Stalled: 4 LLM calls after web_search at step 3 and no answer",
    );
  });

  it("speaks of an ended run as ended", () => {
    const facts = { tool_calls: 1, llm_tail: 4 };
    const ended = testFindings(goalAbandonment, { facts, ended: "run.completed", exit_reason: "completed" });
    expect(goalAbandonment.explain(ended).what).toContain("ended without an answer");
    expect(goalAbandonment.explain(testFindings(goalAbandonment, { facts })).what).toContain("has not answered");
  });
});
