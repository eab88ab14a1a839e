import { describe, expect, it } from "vitest";
import { linesOf } from "../../core/run/testLines";
import { saidByRun } from "./said";
import { testRun } from "./testRun";

describe("saidByRun", () => {
  it("tells of policies, outside events and the error, in their order and with their step", () => {
    const run = testRun(
      linesOf([
        ["run.started", { input_hash: "in" }],
        ["tool.called", { tool_name: "search", args_hash: "aaaaaaaaaaaaaaaa" }],
        ["external.signal", { signal_name: "rate_limit", source: "gateway" }],
        ["policy.triggered", { policy_name: "cap", action_type: "stop", trigger: "step_count", value: 2 }],
        ["run.errored", { error_type: "PolicyStop", exit_reason: "policy_violation", total_steps: 1 }],
      ]),
    );
    expect(saidByRun(run).map(({ text, step_index }) => [text, step_index])).toEqual([
      ["External signal rate_limit from gateway.", 1],
      ["Policy cap triggered: stop (step_count 2).", 1],
      ["The run failed with PolicyStop.", undefined],
    ]);
  });

  it("has nothing to tell of a run that only ended", () => {
    const run = testRun(
      linesOf([
        ["run.started", { input_hash: "in" }],
        ["run.errored", { total_steps: 0 }],
      ]),
    );
    expect(saidByRun(run)).toEqual([]);
  });
});
