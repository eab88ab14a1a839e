import { describe, expect, it } from "vitest";
import { outcomeOf, type RuleCase, testAction, testFindings, testInput } from "./testFacts";
import { toolLoop } from "./toolLoop";

const cases: readonly RuleCase<typeof toolLoop>[] = [
  ["no actions", {}, "clear"],
  ["one call below the threshold", { facts: { loop_count: 2, loop_identical: 2, loop_stuck: 2 } }, "clear"],
  ["varied arguments", { facts: { loop_count: 3, loop_identical: 1, loop_distinct: 3 } }, "LOW 0.5"],
  ["unknown arguments", { facts: { loop_count: 3 } }, "LOW 0.5"],
  ["five varied calls stay unsure", { facts: { loop_count: 5, loop_distinct: 5 } }, "LOW 0.6"],
  ["hardly any variety", { facts: { loop_count: 4, loop_identical: 2, loop_distinct: 2 } }, "MEDIUM 0.6"],
  ["three distinct are variety", { facts: { loop_count: 4, loop_identical: 2, loop_distinct: 3 } }, "LOW 0.6"],
  ["equal arguments", { facts: { loop_count: 4, loop_identical: 3, loop_stuck: 2 } }, "MEDIUM 0.6333"],
  ["equal arguments and answers", { facts: { loop_count: 4, loop_identical: 4, loop_stuck: 3 } }, "HIGH 0.6333"],
  ["a higher threshold", { facts: { loop_count: 4, loop_stuck: 4 }, thresholds: { threshold: 5 } }, "clear"],
  [
    "stuck and identical below a higher threshold",
    { facts: { loop_count: 5, loop_identical: 4, loop_stuck: 4, loop_distinct: 2 }, thresholds: { threshold: 5 } },
    "MEDIUM 0.5",
  ],
];

const stuck = { loop_count: 4, loop_tool: "web_search", loop_identical: 4, loop_stuck: 4, loop_distinct: 1 };
const calls = [6, 8, 10, 12].map((step) => testAction({ step, prompt_tokens_before: step * 100 }));

describe("TOOL_LOOP", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(toolLoop, input)).toBe(outcome));

  it("can be lowered later only while no equal calls reach the threshold", () => {
    expect(toolLoop.provisional(testInput(toolLoop, { facts: { loop_count: 4, loop_distinct: 2 } }))).toBe(true);
    expect(toolLoop.provisional(testInput(toolLoop, { facts: stuck }))).toBe(false);
  });

  it("shows the calls that decided", () => {
    const findings = testFindings(toolLoop, { facts: stuck }, { loop: [], loop_stuck: calls });
    expect(toolLoop.evidence(findings)).toEqual({
      tool: "web_search",
      count: 4,
      window: 5,
      first_step: 6,
      last_step: 12,
      step_indices: [6, 8, 10, 12],
      args_hashes: ["a1", "a1", "a1", "a1"],
      args_identical: true,
      args_similar: true,
      success_rate: 1,
      wasted_tokens: 600,
      ...stuck,
    });
    expect(toolLoop.step(findings)).toBe(12);
  });

  it("does not call unknown arguments equal", () => {
    const unknown = calls.map((call) => ({ ...call, args_hash: undefined, success: undefined }));
    const findings = testFindings(toolLoop, { facts: { loop_count: 4, loop_tool: "web_search" } }, { loop: unknown });
    expect(toolLoop.evidence(findings)).toMatchObject({
      args_hashes: [null, null, null, null],
      args_identical: false,
      args_similar: false,
      success_rate: null,
    });
  });

  it("says what happened in words of the trade", () => {
    const { title, what, evidence } = toolLoop.explain(testFindings(toolLoop, { facts: stuck }, { loop_stuck: calls }));
    expect(title).toBe("web_search called 4 times with the same arguments, same answer each time");
    expect(what).toBe("The agent called web_search 4 times with the same arguments and got the same answer each time.");
    expect(evidence).toBe("web_search at steps 6, 8, 10 and 12. 600 tokens of prompts were read again meanwhile.");
  });

  it("says how often the call was made over the whole run", () => {
    const facts = { ...stuck, repeat_calls: 9, repeat_tool: "web_search" };
    const repeat = { args_hash: "a1", count: 9, first_step: 6, last_step: 22 };
    const { title, what } = toolLoop.explain(testFindings(toolLoop, { facts }, { loop_stuck: calls, repeat }));
    expect(title).toBe("web_search called 9 times with the same arguments, same answer again and again");
    expect(what).toContain(
      "9 times with the same arguments, 4 of them within 5 consecutive actions, and got the same answer",
    );
  });

  it("names the tool of the equal calls, which need not be the one called most", () => {
    const facts = { loop_count: 3, loop_tool: "fetch", loop_identical: 3, loop_stuck: 3, loop_distinct: 3 };
    expect(toolLoop.explain(testFindings(toolLoop, { facts }, { loop_stuck: calls.slice(1) })).title).toMatch(
      /^web_search called 3 times/,
    );
    expect(toolLoop.explain(testFindings(toolLoop, { facts })).title).toMatch(/^one tool called 3 times/);
    expect(toolLoop.explain(testFindings(toolLoop, { facts: stuck })).title).toMatch(/^web_search called 4 times/);
  });

  it.each([
    [{ loop_count: 3, loop_identical: 3 }, /with the same arguments within 5 consecutive actions/],
    [{ loop_count: 3, loop_distinct: 2 }, /only two different arguments/],
    [{ loop_count: 3, loop_distinct: 3 }, /varying or unknown arguments/],
  ])("has other words for %j", (facts, what) => {
    expect(toolLoop.explain(testFindings(toolLoop, { facts })).what).toMatch(what);
  });
});
