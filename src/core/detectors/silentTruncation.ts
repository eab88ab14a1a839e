import { MAX_EVIDENCE } from "../facts/evidence";
import { atLeast } from "./condition";
import { defineDetector, type RunFindings } from "./define";

const FIRED = { severity: "MEDIUM", confidence: 0.7 } as const;

/** The last cut answer, as long as the list of them is complete. */
function lastCut({
  facts,
  run,
}: RunFindings<Record<never, never>>): { step: number; model: string | undefined } | undefined {
  return facts.truncations <= MAX_EVIDENCE ? run.truncations.at(-1) : undefined;
}

export const silentTruncation = defineDetector({
  type: "SILENT_TRUNCATION",
  label: "Silent truncation",
  summary: "The run's last answer was cut by the length limit.",
  defaults: {},
  shadow: true,
  reads: ["truncated_last", "truncations"],
  live: "end",
  top: "MEDIUM",
  rule: ({ facts }) => (facts.truncated_last >= 1 ? FIRED : undefined),
  conditions: () => ({ tiers: [{ severity: "MEDIUM", when: atLeast("truncated_last", 1) }] }),
  evidence: (findings) => ({
    truncated_step: lastCut(findings)?.step,
    finish_reason: "length",
    model: lastCut(findings)?.model,
  }),
  step: (findings) => lastCut(findings)?.step,
  explain(findings) {
    const { run } = findings;
    const cut = run === undefined ? undefined : lastCut({ ...findings, run });
    const at = cut === undefined ? "" : ` at step ${cut.step}`;
    return {
      title: `The last answer was cut by the length limit${at}`,
      what: `The model's last answer${at} ended because the limit for output tokens was reached, and nothing followed it.`,
      why: "The user gets half an answer that may look complete.",
      evidence: `The LLM call made last has finish reason "length"${cut?.model === undefined ? "" : `, model ${cut.model}`}.`,
      fixes: [
        {
          description: "Treat a cut answer as an error, or ask the model to go on.",
          language: "typescript",
          code: `if (response.finishReason === "length") {
  const rest = await ask([...messages, response.message, { role: "user", content: "Continue exactly where you stopped." }]);
  return response.text + rest.text;
}`,
        },
        {
          description: "Raise the limit for the final answer.",
          language: "typescript",
          code: "const response = await ask(messages, { maxTokens: 4096 });",
        },
      ],
    };
  },
});
