import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Line } from "../wire/line";
import { rebuildRun } from "./rebuild";
import { linesOf, T0 } from "./testLines";

const loop = linesOf([
  [
    "run.started",
    { input_hash: "h", tools: ["web", "approve"], human_tools: ["approve"], model: "m", capture: "hash" },
  ],
  ["llm.called", { model: "m" }],
  ["llm.responded", { finish_reason: "tool_calls", tool_call_count: 1, output_length: 0 }],
  ["tool.called", { tool_name: "web", args_hash: "a" }],
  ["tool.responded", { tool_name: "web", success: true, output_length: 7 }],
  ["tool.called", { tool_name: "web", args_hash: "a" }],
  ["tool.responded", { tool_name: "web", success: true, output_length: 7 }],
  ["tool.called", { tool_name: "web", args_hash: "a" }],
  ["tool.responded", { tool_name: "web", success: false, output_length: 7, error_hash: "e" }],
  ["tool.called", { tool_name: "approve" }],
  ["input.received", { input_hash: "i" }],
  ["run.completed", { exit_reason: "final_answer" }],
]);

describe("rebuildRun", () => {
  it("pairs calls and answers, and ends a call that was never answered", () => {
    const run = rebuildRun(loop);
    expect(run.status).toBe("completed");
    expect(run.exit_reason).toBe("final_answer");
    expect(run.steps.map((s) => [s.kind, s.name, s.step_index, s.duration_ms, s.answered, s.failed, s.human])).toEqual([
      ["llm", "m", 1, 1000, true, false, false],
      ["tool", "web", 2, 1000, true, false, false],
      ["tool", "web", 3, 1000, true, false, false],
      ["tool", "web", 4, 1000, true, true, false],
      ["tool", "approve", 5, 1000, false, false, true],
    ]);
    expect(run.loops).toEqual([
      { name: "web", kind: "tool", count: 3, first_step: 2, last_step: 4, start: T0 + 3e6, end: T0 + 8e6 },
    ]);
    expect(run.gaps.map((gap) => [gap.after_step, gap.ms, gap.user])).toEqual([
      [0, 1000, false],
      [1, 1000, false],
      [2, 1000, false],
      [3, 1000, false],
      [4, 1000, false],
      [5, 1000, false],
    ]);
    expect(run.facts.active_ms).toBe(10_000);
    expect(run.evidence.loop_stuck.map((action) => action.step)).toEqual([2, 3]);
  });

  it("gives the same run whatever the order of the lines and however often they come", () => {
    const { facts } = rebuildRun(loop);
    fc.assert(
      fc.property(fc.shuffledSubarray([...loop, ...loop], { minLength: loop.length * 2 }), (lines) => {
        const run = rebuildRun(lines);
        expect(run.facts).toEqual(facts);
        expect(run.lines).toHaveLength(loop.length);
      }),
    );
  });

  it("counts lines that are missing", () => {
    expect(rebuildRun(loop.filter((line) => line.seq !== 4 && line.seq !== 5)).missing_lines).toBe(2);
  });

  it("orders by time where a line has no seq, or one seq has two times", () => {
    const second = linesOf([["run.errored", { error_type: "E" }]]).map((line) => ({
      ...line,
      seq: undefined,
      time: T0 + 60e6,
    }));
    const run = rebuildRun([...second, ...loop].reverse());
    expect([run.status, run.exit_reason, run.missing_lines]).toEqual(["errored", "error", 0]);
    const clash = loop.map((line) => (line.seq === 3 ? { ...line, seq: 2 } : line));
    expect(rebuildRun(clash.reverse()).facts.tool_calls).toBe(4);
  });

  it("takes the later of two terminal events", () => {
    const lines = linesOf([
      ["run.started", {}],
      ["run.errored", { error_type: "E" }],
      ["run.completed", {}],
    ]);
    expect(rebuildRun(lines)).toMatchObject({ status: "completed", exit_reason: "completed" });
    expect(rebuildRun(lines).facts.first_failure_step).toBeUndefined();
  });

  it("is stalled without an end, but running while lines still come", () => {
    const open = loop.slice(0, 4);
    const last = T0 + 3e6;
    expect(rebuildRun(open).status).toBe("stalled");
    expect(rebuildRun(open, { now: last + 90e6 }).status).toBe("running");
    expect(rebuildRun(open, { now: last + 90e6 + 1 }).status).toBe("stalled");
    expect(rebuildRun(open, { now: last + 6e6, stallAfterMs: 5000 }).status).toBe("stalled");
    expect(rebuildRun(open).exit_reason).toBeUndefined();
  });

  it("names the facts in which the producer's line differs", () => {
    const { facts } = rebuildRun(loop);
    const withFacts = (changes: object, facts_v = 1) =>
      loop.map(
        (line): Line =>
          line.event_type === "run.completed"
            ? { ...line, payload: { ...line.payload, facts: { ...facts, ...changes }, facts_v } }
            : line,
      );
    expect(rebuildRun(withFacts({})).facts_differ).toEqual([]);
    expect(rebuildRun(withFacts({ steps: 4, loop_tool: "x" })).facts_differ).toEqual(["steps", "loop_tool"]);
    expect(rebuildRun(withFacts({ prompt_tokens: 3 })).facts_differ).toEqual(["prompt_tokens"]);
    expect(rebuildRun(withFacts({ prompt_tokens: 3, steps: 4 }, 2)).facts_differ).toEqual(["steps"]);
  });

  it("takes costs that only the producer can know from its line, unless it has prices of its own", () => {
    const ended = (cost_usd: number | undefined, answer: number | undefined) =>
      linesOf([
        ["run.started", { input_hash: "h", model: "m" }],
        ["llm.called", { model: "m" }],
        ["llm.responded", { finish_reason: "stop", cost_usd: answer }],
        ["run.completed", { exit_reason: "final_answer", facts_v: 1, facts: { cost_usd, unpriced_llm_calls: 0 } }],
      ]);
    const failed = rebuildRun(ended(0.5, undefined));
    expect(failed.facts).toMatchObject({ cost_usd: 0.5, unpriced_llm_calls: 0 });
    expect(failed.facts_differ).not.toContain("unpriced_llm_calls");
    expect(failed.facts_differ).not.toContain("cost_usd");
    const own = rebuildRun(ended(0.5, undefined), { prices: { knows: () => false, cost: () => undefined } });
    expect(own.facts_differ).toEqual(expect.arrayContaining(["cost_usd", "unpriced_llm_calls"]));
    // Where each call states its cost, nothing is left to the producer's word.
    expect(rebuildRun(ended(0.5, 0.25)).facts_differ).toContain("cost_usd");
  });

  it("refuses to rebuild a run from nothing", () => {
    expect(() => rebuildRun([])).toThrow(RangeError);
  });
});
