import { atLeast } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, listed, times } from "./words";

export const llmTruncationLoop = defineDetector({
  type: "LLM_TRUNCATION_LOOP",
  label: "Truncation loop",
  summary: "The model's answers are cut by the length limit again and again.",
  defaults: { threshold: 2 },
  reads: ["truncations", "llm_calls"],
  top: "HIGH",
  rule({ facts, thresholds }) {
    if (facts.truncations < thresholds.threshold) return undefined;
    return { severity: "HIGH", confidence: confidenceOf(facts.truncations / thresholds.threshold) };
  },
  conditions: ({ threshold }) => ({ tiers: [{ severity: "HIGH", when: atLeast("truncations", threshold) }] }),
  evidence: ({ facts, run: { truncations } }) => ({
    truncation_count: facts.truncations,
    total_llm_calls: facts.llm_calls,
    first_truncation_step: truncations[0]?.step,
    last_truncation_step: truncations.at(-1)?.step,
    token_counts_at_truncation: truncations.map((cut) => cut.completion_tokens ?? null),
    models: [...new Set(truncations.flatMap((cut) => cut.model ?? []))],
  }),
  step: ({ run }) => run.truncations.at(-1)?.step,
  explain({ facts, run }) {
    const cuts = run?.truncations ?? [];
    const at = cuts.length === 0 ? "" : ` at steps ${listed(cuts.map((cut) => cut.step))}`;
    return {
      title: `Model output cut by the length limit ${times(facts.truncations)}`,
      what: `${facts.truncations} of ${counted(facts.llm_calls, "LLM answer")} ended because the limit for output tokens was reached, not because the model was done.`,
      why: "What is cut off is missing downstream: broken JSON, half a plan, or a retry that is cut at the same place.",
      evidence: `${counted(facts.truncations, "answer")} cut${at}.`,
      fixes: [
        {
          description: "Treat a cut answer as an error, and raise the limit once before giving up.",
          language: "typescript",
          code: `let response = await callModel({ maxTokens: 1024 });
if (response.finishReason === "length") response = await callModel({ maxTokens: 4096 });
if (response.finishReason === "length") throw new Error("The model's answer does not fit into 4096 tokens.");`,
        },
        {
          description: "Ask for less at once.",
          language: "text",
          code: "Keep each answer below 300 words. If there is more to say, give the first part and ask whether to continue.",
        },
      ],
    };
  },
});
