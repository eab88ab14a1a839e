import { ALWAYS, above } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, factor, rounded } from "./words";

export const stepCountInflation = defineDetector({
  type: "STEP_COUNT_INFLATION",
  label: "Step count inflation",
  summary: "Far more steps than this agent usually takes.",
  defaults: { inflation_factor: 2 },
  reads: ["steps"],
  top: "MEDIUM",
  needs: ({ baseline }) =>
    baseline.steps === undefined ? "a baseline of steps (20 completed runs in 7 days)" : undefined,
  rule({ facts, baseline, thresholds }) {
    if (baseline.steps === undefined) return undefined;
    const limit = baseline.steps * thresholds.inflation_factor;
    if (facts.steps <= limit) return undefined;
    return { severity: "MEDIUM", confidence: confidenceOf(facts.steps / limit) };
  },
  conditions: ({ inflation_factor }, { steps: usual }) =>
    usual === undefined
      ? { missing: ALWAYS, tiers: [] }
      : { tiers: [{ severity: "MEDIUM", when: above("steps", usual * inflation_factor) }] },
  evidence: ({ facts, baseline, thresholds }) => ({
    current_steps: facts.steps,
    baseline_p75: baseline.steps,
    inflation_ratio: rounded(facts.steps / (baseline.steps ?? 0), 2),
    threshold_factor: thresholds.inflation_factor,
  }),
  explain({ facts, baseline, thresholds }) {
    const usual = baseline.steps ?? 0;
    const ratio = factor(facts.steps / usual);
    return {
      title: `${counted(facts.steps, "step")}, ${ratio} the usual ${rounded(usual, 1)}`,
      what: `The run took ${counted(facts.steps, "step")}; three of four runs of this agent take ${rounded(usual, 1)} or fewer.`,
      why: "More steps mean more cost and a longer wait. A jump like this often follows a change of prompt, tools or model.",
      evidence: `${ratio} the usual number of steps, the limit is ${factor(thresholds.inflation_factor)}.`,
      fixes: [
        {
          description: "Compare this version with the one before: prompt, tools, model.",
          language: "text",
          code: "Open the agent's versions side by side and look at what changed before the number of steps rose.",
        },
        {
          description: "Limit the steps of a run.",
          language: "typescript",
          code: `for (let step = 0; step < ${Math.max(1, Math.ceil(usual * thresholds.inflation_factor))}; step++) {
  const response = await ask(messages);
  if (response.toolCalls.length === 0) return response.text;
  messages.push(...(await runTools(response.toolCalls)));
}
return "I could not finish this within the allowed number of steps.";`,
        },
      ],
    };
  },
});
