import { all, atLeast } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, percent } from "./words";

export const failureShare = defineDetector({
  type: "FAILURE_SHARE",
  label: "Failure share",
  summary: "A large part of the run's tool calls failed.",
  defaults: { share: 0.3, min_calls: 5 },
  shadow: true,
  reads: ["failure_share", "tool_failures", "tool_calls"],
  top: "MEDIUM",
  // Successful calls that follow lower the share.
  provisional: () => true,
  rule({ facts, thresholds }) {
    if (facts.tool_calls < thresholds.min_calls || facts.failure_share < thresholds.share) return undefined;
    return { severity: "MEDIUM", confidence: confidenceOf(facts.failure_share / thresholds.share) };
  },
  conditions: ({ share, min_calls }) => ({
    tiers: [{ severity: "MEDIUM", when: all(atLeast("tool_calls", min_calls), atLeast("failure_share", share)) }],
  }),
  evidence: ({ thresholds }) => ({ threshold: thresholds.share, min_calls: thresholds.min_calls }),
  explain: ({ facts, thresholds }) => ({
    title: `${percent(facts.failure_share)} of the tool calls failed`,
    what: `${facts.tool_failures} of ${counted(facts.tool_calls, "tool call")} failed, over the whole run.`,
    why: "Even where the agent finds a way around them, failing tools cost turns and make its answers less reliable.",
    evidence: `${percent(facts.failure_share)} failed; the limit is ${percent(thresholds.share)}, from ${counted(thresholds.min_calls, "tool call")} on.`,
    fixes: [
      {
        description: "Return errors the model can act on.",
        language: "typescript",
        code: 'return { ok: false, error: "Unknown order id. Ids look like W-1234; ask the user for it." };',
      },
      {
        description: "Describe arguments exactly in the tool's schema.",
        language: "typescript",
        code: 'const orderId = { type: "string", pattern: "^W-[0-9]+$", description: "Order id as printed on the invoice, such as W-1234" };',
      },
    ],
  }),
});
