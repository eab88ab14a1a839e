import { describe, expect, it } from "vitest";
import { callLimit, slowStep } from "./slowStep";
import { outcomeOf, type RuleCase, testFindings, testInput } from "./testFacts";

const cases: readonly RuleCase<typeof slowStep>[] = [
  ["unknown times", {}, "clear"],
  ["a tool at its limit", { facts: { slowest_tool_ms: 15_000 } }, "clear"],
  ["a tool above its limit", { facts: { slowest_tool_ms: 18_000 } }, "LOW 0.58"],
  ["an LLM call above its limit", { facts: { slowest_llm_ms: 60_000 } }, "LOW 0.9"],
  ["a gap above its limit", { facts: { slowest_gap_ms: 90_000 } }, "LOW 0.7"],
  ["just below five times", { facts: { slowest_tool_ms: 74_999 } }, "LOW 1"],
  ["five times the limit", { facts: { slowest_tool_ms: 75_000 } }, "HIGH 1"],
  [
    "above the baseline's limit",
    { facts: { slowest_tool_ms: 3000 }, baseline: { slowest_tool_ms: 1000 } },
    "MEDIUM 0.7",
  ],
  ["at the baseline's limit", { facts: { slowest_tool_ms: 2000 }, baseline: { slowest_tool_ms: 1000 } }, "clear"],
  ["slow, but usual", { facts: { slowest_tool_ms: 40_000 }, baseline: { slowest_tool_ms: 30_000 } }, "clear"],
  ["fast baselines have a floor", { facts: { slowest_llm_ms: 500 }, baseline: { slowest_llm_ms: 20 } }, "clear"],
  ["above the floor", { facts: { slowest_llm_ms: 750 }, baseline: { slowest_llm_ms: 20 } }, "MEDIUM 0.7"],
  [
    "five times a baseline's limit",
    { facts: { slowest_gap_ms: 10_000 }, baseline: { slowest_gap_ms: 1000 } },
    "HIGH 1",
  ],
  [
    "the worst ratio, by limit",
    { facts: { slowest_tool_ms: 3000, slowest_llm_ms: 60_000 }, baseline: { slowest_tool_ms: 1000 } },
    "LOW 0.9",
  ],
  [
    "the worst ratio, by baseline",
    { facts: { slowest_tool_ms: 5000, slowest_llm_ms: 60_000 }, baseline: { slowest_tool_ms: 1000 } },
    "MEDIUM 1",
  ],
];

describe("SLOW_STEP", () => {
  it.each(cases)("judges %s", (_name, input, outcome) => expect(outcomeOf(slowStep, input)).toBe(outcome));

  it("can be lowered by a slow step of a kind without baseline, until it is HIGH", () => {
    const provisional = (input: (typeof cases)[number][1]): boolean => slowStep.provisional(testInput(slowStep, input));
    const all = { slowest_tool_ms: 1000, slowest_llm_ms: 1000, slowest_gap_ms: 1000 };
    expect(provisional({ facts: { slowest_tool_ms: 3000 }, baseline: { slowest_tool_ms: 1000 } })).toBe(true);
    expect(provisional({ facts: { slowest_tool_ms: 3000 }, baseline: all })).toBe(false);
    expect(provisional({ facts: { slowest_tool_ms: 75_000 } })).toBe(false);
  });

  it("shows the worst step, all slow ones and what came from outside meanwhile", () => {
    const slowest_tool = { step: 4, name: "web_search", ms: 30_000, start: 1_000_000 };
    const slowest_gap = { step: 9, name: "tool.responded", ms: 61_000, start: 90_000_000 };
    const signal = { source: "gateway", meta: { status: 429 }, step: 4 };
    const findings = testFindings(
      slowStep,
      { facts: { slowest_tool_ms: 30_000, slowest_gap_ms: 61_000, slowest_llm_ms: 200 } },
      {
        slowest_tool,
        slowest_gap,
        external: [
          { ...signal, signal_name: "before", time: 999_999 },
          { ...signal, signal_name: "rate_limit", time: 31_000_000 },
          { ...signal, signal_name: "after", time: 31_000_001 },
        ],
      },
    );
    expect(slowStep.evidence(findings)).toEqual({
      step_index: 4,
      duration_ms: 30_000,
      threshold_ms: 15_000,
      event_type: "tool.called",
      step_label: "tool execution",
      name: "web_search",
      ratio: 2,
      all_slow_steps: { 4: 30_000, 9: 61_000 },
      coincident_signals: [{ signal_name: "rate_limit", source: "gateway", meta: { status: 429 } }],
      slowest_tool_ms: 30_000,
      slowest_llm_ms: 200,
      slowest_gap_ms: 61_000,
    });
    expect(slowStep.step(findings)).toBe(4);
    const { title, evidence } = slowStep.explain(findings);
    expect(title).toBe("web_search took 30 s at step 4");
    expect(evidence).toBe("The limit is 15 s. Reported meanwhile: rate_limit.");
  });

  it("speaks of gaps and LLM calls in their own words", () => {
    const gap = { step: 9, name: "tool.responded", ms: 61_000, start: 0 };
    const ofGap = testFindings(slowStep, { facts: { slowest_gap_ms: 61_000 } }, { slowest_gap: gap });
    expect(slowStep.explain(ofGap).title).toBe("Nothing happened for 1 min 1 s after step 9");
    expect(slowStep.evidence(ofGap)).toMatchObject({ event_type: "tool.responded", step_label: "step" });
    const llm = { step: 3, name: "gpt-4o", ms: 4000, start: 0 };
    const ofLlm = testFindings(
      slowStep,
      { facts: { slowest_llm_ms: 4000 }, baseline: { slowest_llm_ms: 1500 } },
      { slowest_llm: llm },
    );
    expect(slowStep.explain(ofLlm).title).toBe("LLM call to gpt-4o took 4 s at step 3");
    expect(slowStep.evidence(ofLlm)).toMatchObject({
      event_type: "llm.called",
      baseline_p75: 1500,
      threshold_ms: 3000,
    });
    expect(slowStep.explain(testFindings(slowStep, { facts: { slowest_llm_ms: 31_000 } })).title).toBe(
      "An LLM call took 31 s",
    );
  });

  it("says how long an open call may last", () => {
    expect(callLimit("tool", {}, slowStep.defaults)).toBe(15_000);
    expect(callLimit("retrieval", {}, { tool_ms: 2000 })).toBe(2000);
    expect(callLimit("llm", { slowest_llm_ms: 1000 }, slowStep.defaults)).toBe(2000);
  });
});
