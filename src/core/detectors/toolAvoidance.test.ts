import { describe, expect, it } from "vitest";
import { outcomeOf, type RuleCase, testFindings } from "./testFacts";
import { toolAvoidance } from "./toolAvoidance";

const avoids = { tools_available: 3, llm_unprompted: 2, llm_calls: 3 };
const cases: readonly RuleCase<typeof toolAvoidance>[] = [
  ["unknown tools", { facts: { llm_unprompted: 5 }, exit_reason: "final_answer" }, "no data: declared tools"],
  ["unknown tools whatever the exit", { facts: { llm_unprompted: 5 } }, "no data: declared tools"],
  ["no tools declared", { facts: { ...avoids, tools_available: 0 }, exit_reason: "final_answer" }, "clear"],
  ["an answer from memory", { facts: avoids, exit_reason: "final_answer" }, "MEDIUM 0.75"],
  ["no final answer", { facts: avoids, exit_reason: "completed" }, "clear"],
  ["a run that goes on", { facts: avoids }, "clear"],
  ["a tool call", { facts: { ...avoids, tool_calls: 1 }, exit_reason: "final_answer" }, "clear"],
  ["a retrieval", { facts: { ...avoids, retrievals: 1 }, exit_reason: "final_answer" }, "clear"],
  [
    "tools that were used and that nobody told of",
    { facts: { ...avoids, llm_tool_ratio: undefined }, exit_reason: "final_answer" },
    "no data: tool calls",
  ],
  ["one LLM call too few", { facts: { ...avoids, llm_unprompted: 1 }, exit_reason: "final_answer" }, "clear"],
];

describe("TOOL_AVOIDANCE", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(toolAvoidance, input)).toBe(outcome));

  it("shows the unused tools", () => {
    const input = { facts: avoids, exit_reason: "final_answer" } as const;
    const findings = testFindings(toolAvoidance, input, { tools: ["search", "fetch", "book"], current_step: 6 });
    expect(toolAvoidance.evidence(findings)).toEqual({
      available_tools: ["search", "fetch", "book"],
      tool_calls_made: 0,
      llm_calls: 3,
      tools_available: 3,
      tool_calls: 0,
      retrievals: 0,
      llm_unprompted: 2,
      llm_tool_ratio: 0,
    });
    expect(toolAvoidance.step(findings)).toBe(6);
    expect(toolAvoidance.explain(findings).evidence).toContain("Declared: search, fetch and book.");
    expect(toolAvoidance.explain(testFindings(toolAvoidance, input)).evidence).toContain("Declared tools: 3.");
  });
});
