import { above, all, atLeast, missing } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import type { RuleInput } from "./detector";
import { counted, dollars, factor, rounded, tokens } from "./words";

type Settings = {
  readonly inflation_factor: number;
  readonly static_threshold_tokens: number;
  readonly floor_tokens: number;
};

function limitOf({ baseline, thresholds }: Pick<RuleInput<Settings>, "baseline" | "thresholds">): number {
  const usual = baseline.total_tokens;
  if (usual === undefined) return thresholds.static_threshold_tokens;
  return Math.max(usual * thresholds.inflation_factor, thresholds.floor_tokens);
}

export const costSpike = defineDetector<Settings>({
  type: "COST_SPIKE",
  label: "Cost spike",
  summary: "Far more tokens than this agent usually needs, or than the fixed limit.",
  defaults: { inflation_factor: 3, static_threshold_tokens: 50_000, floor_tokens: 2000 },
  reads: ["total_tokens", "unmetered_llm_calls"],
  top: "MEDIUM",
  needs: ({ facts }) =>
    facts.llm_calls > 0 && facts.total_tokens === undefined ? "token counts of the LLM calls" : undefined,
  neverClear: ({ facts }) =>
    facts.unmetered_llm_calls > 0
      ? `token counts of ${facts.unmetered_llm_calls} of ${counted(facts.llm_calls, "LLM call")}`
      : undefined,
  rule(input) {
    const total = input.facts.total_tokens;
    if (total === undefined) return undefined;
    const limit = limitOf(input);
    if (total < limit) return undefined;
    return {
      severity: input.baseline.total_tokens === undefined ? "LOW" : "MEDIUM",
      confidence: confidenceOf(total / limit),
    };
  },
  conditions: (thresholds, baseline) => ({
    missing: all(above("llm_calls", 0), missing("total_tokens")),
    tiers: [
      {
        severity: baseline.total_tokens === undefined ? "LOW" : "MEDIUM",
        when: atLeast("total_tokens", limitOf({ baseline, thresholds })),
      },
    ],
    unclear: above("unmetered_llm_calls", 0),
  }),
  evidence(findings) {
    const { facts, baseline } = findings;
    const limit = limitOf(findings);
    return {
      total_tokens: facts.total_tokens,
      threshold: rounded(limit, 0),
      inflation_ratio: rounded((facts.total_tokens ?? 0) / limit, 2),
      llm_calls: facts.llm_calls,
      ...(baseline.total_tokens === undefined ? {} : { baseline_p75: baseline.total_tokens }),
    };
  },
  explain(findings) {
    const { facts, baseline } = findings;
    const total = facts.total_tokens ?? 0;
    const usual = baseline.total_tokens;
    const limit = limitOf(findings);
    const cost =
      facts.cost_usd === undefined || facts.cost_usd <= 0 || facts.unpriced_llm_calls > 0
        ? ""
        : `, ${dollars(facts.cost_usd)}`;
    const unmetered =
      facts.unmetered_llm_calls > 0
        ? ` The tokens of ${counted(facts.unmetered_llm_calls, "LLM call")} are not known and not included.`
        : "";
    const compared =
      usual === undefined
        ? `The limit is ${tokens(limit)}.`
        : `The usual is ${tokens(usual)} (P75 of 7 days), the limit ${tokens(limit)}.`;
    return {
      title:
        usual === undefined
          ? `Used ${tokens(total)}, above the limit of ${tokens(limit)}`
          : `Used ${tokens(total)}, ${factor(total / usual)} the usual`,
      what: `The run used ${tokens(total)} over ${counted(facts.llm_calls, "LLM call")}${cost}.`,
      why: "The run costs more than planned, and long prompts make every call slower.",
      evidence: `${compared}${unmetered}`,
      fixes: [
        {
          description: "Give each run a budget of tokens.",
          language: "typescript",
          code: `used += response.usage.total_tokens;
if (used > 40_000) return "I stopped here: the budget of this run is used up.";`,
        },
        {
          description: "Send the model what it needs, not the whole history.",
          language: "typescript",
          code: "const messages = [systemMessage, summaryMessage, ...history.slice(-6)];",
        },
        ...(usual === undefined
          ? [
              {
                description: "If this is normal for the agent, raise its limit in detectors.yml.",
                language: "yaml" as const,
                code: "my-agent:\n  cost_spike:\n    static_threshold_tokens: 200000",
              },
            ]
          : []),
      ],
    };
  },
});
