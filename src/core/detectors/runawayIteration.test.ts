import { describe, expect, it } from "vitest";
import { runawayIteration } from "./runawayIteration";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const cases: readonly RuleCase<typeof runawayIteration>[] = [
  ["a short run", {}, "clear"],
  ["one step below", { facts: { steps: 49, cost_usd: 0.99 } }, "clear"],
  ["the step limit", { facts: { steps: 50 }, ended: "run.completed", exit_reason: "max_steps" }, "MEDIUM 0.5"],
  ["the cost limit", { facts: { steps: 5, cost_usd: 1 }, ended: "run.errored", exit_reason: "error" }, "MEDIUM 0.5"],
  ["the worst of both", { facts: { steps: 50, cost_usd: 2 } }, "MEDIUM 0.9"],
  ["an unknown cost", { facts: { steps: 10, cost_usd: undefined } }, "clear"],
  ["a final answer", { facts: { steps: 80, cost_usd: 3 }, exit_reason: "final_answer" }, "clear"],
];

describe("RUNAWAY_ITERATION", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(runawayIteration, input)).toBe(outcome));

  it("shows both limits", () => {
    const findings = testFindings(runawayIteration, { facts: { steps: 60, cost_usd: 0.12 } }, {});
    expect(runawayIteration.evidence(findings)).toEqual({
      step_count: 60,
      step_threshold: 50,
      step_exceeded: true,
      estimated_cost_usd: 0.12,
      cost_threshold_usd: 1,
      cost_exceeded: false,
      steps: 60,
      cost_usd: 0.12,
    });
    expect(runawayIteration.explain(findings).title).toBe("60 steps and $0.12, and no final answer");
  });
});
