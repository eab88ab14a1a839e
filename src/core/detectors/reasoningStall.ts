import { all, any, atLeast, endedBy, exitReason, missing, not } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, rounded } from "./words";

export const reasoningStall = defineDetector({
  type: "REASONING_STALL",
  label: "Reasoning stall",
  summary: "Many LLM calls for hardly any action.",
  defaults: { min_llm_calls: 5, ratio_threshold: 4 },
  reads: ["llm_unprompted", "llm_tool_ratio"],
  live: "end",
  top: "HIGH",
  needs: ({ facts }) => (facts.llm_tool_ratio === undefined ? "tool calls" : undefined),
  rule({ facts, ended, exit_reason, thresholds }) {
    if (ended === "run.errored" || facts.llm_unprompted < thresholds.min_llm_calls) return undefined;
    if (facts.llm_tool_ratio === undefined || facts.llm_tool_ratio < thresholds.ratio_threshold) return undefined;
    const isMild = ended === undefined || exit_reason === "final_answer" || exit_reason === "handoff";
    return {
      severity: isMild ? "MEDIUM" : "HIGH",
      confidence: confidenceOf(facts.llm_tool_ratio / thresholds.ratio_threshold),
    };
  },
  conditions({ min_llm_calls, ratio_threshold }) {
    const stalls = all(
      not(endedBy("run.errored")),
      atLeast("llm_unprompted", min_llm_calls),
      atLeast("llm_tool_ratio", ratio_threshold),
    );
    const delivered = any(exitReason("final_answer"), exitReason("handoff"));
    return {
      missing: missing("llm_tool_ratio"),
      tiers: [
        { severity: "HIGH", when: all(stalls, endedBy("run.completed"), not(delivered)) },
        { severity: "MEDIUM", when: stalls },
      ],
    };
  },
  evidence: ({ facts, exit_reason, thresholds, run }) => ({
    llm_calls: facts.llm_calls,
    tool_calls: facts.tool_calls,
    ratio: facts.llm_tool_ratio,
    threshold: thresholds.ratio_threshold,
    exit_reason: exit_reason ?? null,
    event_sequence: run.sequence,
  }),
  step: ({ run }) => run.current_step,
  explain({ facts, ended, exit_reason, thresholds }) {
    const actions = facts.tool_calls + facts.retrievals;
    const outcome =
      ended === undefined
        ? "The run did not end."
        : exit_reason === "final_answer"
          ? "It answered in the end."
          : exit_reason === "handoff"
            ? "It handed over in the end."
            : "It ended without an answer.";
    const used = actions === 0 ? "no action at all" : counted(actions, "action");
    return {
      title: `${counted(facts.llm_unprompted, "LLM call")} of its own accord for ${used}`,
      what: `The agent called its model ${facts.llm_unprompted} times without new input from the user, but used a tool or retriever ${actions === 0 ? "not once" : `only ${counted(actions, "time")}`}. ${outcome}`,
      why: "The model thinks in circles: each call costs as much as a useful one and brings nothing in from outside.",
      evidence: `${rounded(facts.llm_tool_ratio ?? 0, 1)} LLM calls per action; the limit is ${thresholds.ratio_threshold}, from ${counted(thresholds.min_llm_calls, "LLM call")} on.`,
      fixes: [
        {
          description: "Ask for an action or an answer in every turn.",
          language: "text",
          code: "In every turn either call a tool or give the final answer. Do not plan again what you have planned already.",
        },
        {
          description: "Limit LLM calls that lead to no action.",
          language: "typescript",
          code: `idle = response.toolCalls.length > 0 ? 0 : idle + 1;
if (idle >= 3) messages.push({ role: "user", content: "Give your best answer now, with what you know." });`,
        },
      ],
    };
  },
});
