import { above, all, atLeast, exitReason, not } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, times } from "./words";

export const goalAbandonment = defineDetector({
  type: "GOAL_ABANDONMENT",
  label: "Goal abandonment",
  summary: "After using tools the agent only talks to its model, and ends without an answer.",
  defaults: { stall_steps: 4 },
  reads: ["tool_calls", "llm_tail"],
  top: "MEDIUM",
  // The next tool call or answer settles it.
  provisional: () => true,
  rule({ facts, exit_reason, thresholds }) {
    if (facts.tool_calls <= 0 || facts.llm_tail < thresholds.stall_steps) return undefined;
    if (exit_reason === "final_answer" || exit_reason === "handoff") return undefined;
    return { severity: "MEDIUM", confidence: confidenceOf(facts.llm_tail / thresholds.stall_steps) };
  },
  conditions: ({ stall_steps }) => ({
    tiers: [
      {
        severity: "MEDIUM",
        when: all(
          above("tool_calls", 0),
          atLeast("llm_tail", stall_steps),
          not(exitReason("final_answer")),
          not(exitReason("handoff")),
        ),
      },
    ],
  }),
  evidence({ facts, run, thresholds }) {
    const last = run.last_action;
    return {
      stall_steps: thresholds.stall_steps,
      last_tool_step: last?.step,
      last_tool_used: last?.name,
      current_step: run.current_step,
      steps_since_last_tool: last === undefined ? undefined : run.current_step - last.step,
      stall_event_sequence: run.sequence.slice(-facts.llm_tail),
    };
  },
  step: ({ run }) => run.current_step,
  explain({ facts, ended, run }) {
    const last = run?.last_action;
    const after = last === undefined ? "after its last action" : `after ${last.name} at step ${last.step}`;
    const outcome = ended === undefined ? "has not answered" : "ended without an answer";
    return {
      title: `Stalled: ${counted(facts.llm_tail, "LLM call")} ${after} and no answer`,
      what: `The agent called its model ${times(facts.llm_tail)} in a row ${after}, used no tool again and ${outcome}.`,
      why: "The request was dropped without anyone being told: the user waits, and no error says so.",
      evidence: `${counted(facts.llm_tail, "LLM call")} since the last action or user turn, ${counted(facts.tool_calls, "tool call")} before.`,
      fixes: [
        {
          description: "Give the model a way out when it cannot go on.",
          language: "text",
          code: "If a tool result is empty or not what you need, do not think about it again: try one other tool, or tell the user what you could not find and stop.",
        },
        {
          description: "End the run with a clear answer after a few LLM calls without an action.",
          language: "typescript",
          code: `idle = response.toolCalls.length > 0 ? 0 : idle + 1;
if (idle >= 3) return finish("I could not complete this: no further step was possible.");`,
        },
      ],
    };
  },
});
