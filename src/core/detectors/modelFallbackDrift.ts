import { atLeast } from "./condition";
import { defineDetector } from "./define";
import { counted, times } from "./words";

const FIRED = { severity: "MEDIUM", confidence: 0.7 } as const;

export const modelFallbackDrift = defineDetector({
  type: "MODEL_FALLBACK_DRIFT",
  label: "Model fallback drift",
  summary: "Another model answers in the middle of the run.",
  defaults: {},
  shadow: true,
  reads: ["model_changes"],
  top: "MEDIUM",
  rule: ({ facts }) => (facts.model_changes >= 1 ? FIRED : undefined),
  conditions: () => ({ tiers: [{ severity: "MEDIUM", when: atLeast("model_changes", 1) }] }),
  evidence({ facts, run: { model_changes } }) {
    const first = model_changes[0];
    return { from_model: first?.from, to_model: first?.to, change_step: first?.step, changes: facts.model_changes };
  },
  step: ({ run }) => run.model_changes[0]?.step,
  explain({ facts, run }) {
    const first = run?.model_changes[0];
    const change = first === undefined ? "" : ` from ${first.from} to ${first.to}`;
    const at = first === undefined ? "" : ` at step ${first.step}`;
    const again = facts.model_changes > 1 ? `; the model changed ${times(facts.model_changes)} in all` : "";
    return {
      title: `Model changed${change}${at}`,
      what: `The model that answered changed${change}${at}${again}.`,
      why: "Where this is a fallback, the rest of the run may be of lower quality, and nobody compares it with runs of the declared model.",
      evidence: `${counted(facts.model_changes, "change")} between the models that consecutive answers name.`,
      fixes: [
        {
          description: "Refuse answers of a model you did not ask for.",
          language: "typescript",
          code: 'if (response.model !== model) throw new Error("Asked for " + model + ", got " + response.model + ".");',
        },
        {
          description: "If two models are used on purpose, keep this detector in shadow for the agent.",
          language: "yaml",
          code: "my-agent:\n  model_fallback_drift:\n    shadow: true",
        },
      ],
    };
  },
});
