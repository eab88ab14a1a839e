import { describe, expect, it } from "vitest";
import { explain, explainSignal } from "./explain";
import { type JudgeInput, judge } from "./judge";
import { DEFAULT_SETTINGS } from "./settings";
import { testAction, testEvidence, testFacts, testFindings } from "./testFacts";
import { FIRING } from "./testFiring";
import { toolLoop } from "./toolLoop";

const input: JudgeInput = {
  facts: testFacts({ ...FIRING.TOOL_LOOP.facts, repeat_calls: 9, repeat_tool: "web_search" }),
  ended: "run.completed",
  exit_reason: "completed",
  baseline: {},
  settings: DEFAULT_SETTINGS,
  evidence: testEvidence({ loop_stuck: [2, 4, 6, 8].map((step) => testAction({ step })) }),
};

describe("explain", () => {
  it("is the detector's explanation", () => {
    const findings = testFindings(toolLoop, FIRING.TOOL_LOOP);
    expect(explain("TOOL_LOOP", findings)).toEqual(toolLoop.explain(findings));
  });

  it("says why facts beyond the rule raised the signal", () => {
    const [signal] = judge(input).signals;
    expect(signal?.severity).toBe("CRITICAL");
    if (signal === undefined) return;
    const { title, evidence } = explainSignal(signal, input);
    expect(title).toBe(signal.title);
    expect(evidence).toBe(
      "web_search at steps 2, 4, 6 and 8. Critical because web_search was called 9 times in this run, at least 90 % of them with the same arguments.",
    );
  });

  it("says so for failures at the end too", () => {
    const failing = {
      ...input,
      facts: testFacts({ ...FIRING.RETRY_STORM.facts, tail_failures: 6 }),
      evidence: undefined,
    };
    const [signal] = judge(failing).signals;
    expect(signal && explainSignal(signal, failing).evidence).toBe(
      "3 failures since the last success. Raised because the last 6 tool calls of the run all failed.",
    );
  });
});
