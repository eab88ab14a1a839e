import { atLeast, missing } from "./condition";
import { defineDetector } from "./define";
import { counted, listed, times } from "./words";

const FIRED = { severity: "HIGH", confidence: 0.95 } as const;

export const emptyLlmResponse = defineDetector({
  type: "EMPTY_LLM_RESPONSE",
  label: "Empty answer",
  summary: "The model stopped by itself with no text and no tool call.",
  defaults: {},
  reads: ["empty_responses"],
  top: "HIGH",
  needs: ({ facts }) => (facts.empty_responses === undefined ? "output lengths of the LLM answers" : undefined),
  rule: ({ facts }) => (facts.empty_responses !== undefined && facts.empty_responses >= 1 ? FIRED : undefined),
  conditions: () => ({
    missing: missing("empty_responses"),
    tiers: [{ severity: "HIGH", when: atLeast("empty_responses", 1) }],
  }),
  evidence: ({ facts, run }) => ({
    occurrences: facts.empty_responses,
    first_step: run.empty_steps[0],
    finish_reason: "stop",
  }),
  step: ({ run }) => run.empty_steps[0],
  explain({ facts, run }) {
    const count = facts.empty_responses ?? 0;
    const first = run?.empty_steps[0];
    const at = first === undefined ? "" : ` at step ${first}`;
    const again = count > 1 ? `, ${times(count)} in all` : "";
    return {
      title: `Model answered with nothing${at}${again}`,
      what: `The model ended its answer by itself${at}, but wrote no text and called no tool${again}.`,
      why: "The user sees a blank answer, or the framework fails where it expects text.",
      evidence: `${counted(count, "answer")} of length 0 with finish reason "stop"${run === undefined || run.empty_steps.length === 0 ? "" : `, at ${run.empty_steps.length === 1 ? "step" : "steps"} ${listed(run.empty_steps)}`}.`,
      fixes: [
        {
          description: "Ask once more before passing an empty answer on.",
          language: "typescript",
          code: `let answer = await ask(messages);
if (answer.text.trim() === "" && answer.toolCalls.length === 0) {
  answer = await ask([...messages, { role: "user", content: "Please answer, or say what you are missing." }]);
}`,
        },
        {
          description: "Look for instructions that leave the model nothing to say.",
          language: "text",
          code: "If the rules do not allow an answer, say so in one sentence. Never answer with nothing.",
        },
      ],
    };
  },
});
