import { all, any, atLeast, exitReason, not } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, dollars } from "./words";

export const runawayIteration = defineDetector({
  type: "RUNAWAY_ITERATION",
  label: "Runaway iteration",
  summary: "Very many steps or a high cost, and no final answer.",
  defaults: { max_steps: 50, max_cost_usd: 1 },
  reads: ["steps", "cost_usd"],
  live: "end",
  top: "MEDIUM",
  rule({ facts, exit_reason, thresholds }) {
    if (exit_reason === "final_answer") return undefined;
    const cost = facts.cost_usd ?? 0;
    if (facts.steps < thresholds.max_steps && cost < thresholds.max_cost_usd) return undefined;
    return {
      severity: "MEDIUM",
      confidence: confidenceOf(Math.max(facts.steps / thresholds.max_steps, cost / thresholds.max_cost_usd)),
    };
  },
  conditions: ({ max_steps, max_cost_usd }) => ({
    tiers: [
      {
        severity: "MEDIUM",
        when: all(not(exitReason("final_answer")), any(atLeast("steps", max_steps), atLeast("cost_usd", max_cost_usd))),
      },
    ],
  }),
  evidence: ({ facts, thresholds }) => ({
    step_count: facts.steps,
    step_threshold: thresholds.max_steps,
    step_exceeded: facts.steps >= thresholds.max_steps,
    estimated_cost_usd: facts.cost_usd,
    cost_threshold_usd: thresholds.max_cost_usd,
    cost_exceeded: (facts.cost_usd ?? 0) >= thresholds.max_cost_usd,
  }),
  explain({ facts, ended, thresholds }) {
    const cost = facts.cost_usd === undefined || facts.cost_usd <= 0 ? "" : ` and ${dollars(facts.cost_usd)}`;
    const outcome = ended === undefined ? "has no answer yet" : "ended without a final answer";
    const unpriced =
      facts.unpriced_llm_calls > 0
        ? ` ${counted(facts.unpriced_llm_calls, "LLM call")} without a price left out of the cost.`
        : "";
    return {
      title: `${counted(facts.steps, "step")}${cost}, and no final answer`,
      what: `The run took ${counted(facts.steps, "step")}${cost} and ${outcome}.`,
      why: "The agent has no idea of when it is done, so only a limit from outside ends it, at whatever cost.",
      evidence: `The limits are ${counted(thresholds.max_steps, "step")} and ${dollars(thresholds.max_cost_usd)}.${unpriced}`,
      fixes: [
        {
          description: "Limit steps and cost, and end with an answer.",
          language: "typescript",
          code: `if (steps >= 30 || costUsd >= 0.5) {
  return ask([...messages, { role: "user", content: "Answer now with what you have." }], { tools: [] });
}`,
        },
        {
          description: "Say in the prompt what done means.",
          language: "text",
          code: "You are done when the user's question is answered. Then stop calling tools and write the final answer.",
        },
      ],
    };
  },
});
