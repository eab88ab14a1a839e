import { describe, expect, it } from "vitest";
import { reasoningStall } from "./reasoningStall";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";

const stall = { llm_unprompted: 5, llm_tool_ratio: 5 };
const cases: readonly RuleCase<typeof reasoningStall>[] = [
  ["no LLM call", {}, "clear"],
  ["one LLM call too few", { facts: { llm_unprompted: 4, llm_tool_ratio: 4 } }, "clear"],
  ["enough actions", { facts: { llm_unprompted: 8, llm_tool_ratio: 3.9999 } }, "clear"],
  ["at the ratio, stalled", { facts: { llm_unprompted: 8, llm_tool_ratio: 4 } }, "MEDIUM 0.5"],
  ["a final answer", { facts: stall, ended: "run.completed", exit_reason: "final_answer" }, "MEDIUM 0.6"],
  ["a handoff", { facts: stall, ended: "run.completed", exit_reason: "handoff" }, "MEDIUM 0.6"],
  ["no answer", { facts: stall, ended: "run.completed", exit_reason: "completed" }, "HIGH 0.6"],
  ["the step limit", { facts: stall, ended: "run.completed", exit_reason: "max_steps" }, "HIGH 0.6"],
  ["tools that nobody told of", { facts: { llm_unprompted: 8, llm_tool_ratio: undefined } }, "no data: tool calls"],
  ["an error", { facts: stall, ended: "run.errored", exit_reason: "error" }, "clear"],
];

describe("REASONING_STALL", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(reasoningStall, input)).toBe(outcome));

  it("shows calls and outcome", () => {
    const facts = { ...stall, llm_calls: 6, tool_calls: 1 };
    const input = { facts, ended: "run.completed", exit_reason: "max_steps" } as const;
    const findings = testFindings(reasoningStall, input, { sequence: ["llm", "tool", "llm"], current_step: 7 });
    expect(reasoningStall.evidence(findings)).toEqual({
      llm_calls: 6,
      tool_calls: 1,
      ratio: 5,
      threshold: 4,
      exit_reason: "max_steps",
      event_sequence: ["llm", "tool", "llm"],
      ...stall,
    });
    expect(reasoningStall.step(findings)).toBe(7);
    expect(reasoningStall.explain(findings).what).toContain("only 1 time. It ended without an answer.");
    expect(reasoningStall.evidence(testFindings(reasoningStall, { facts: stall }, {})).exit_reason).toBeNull();
  });
});
