import { above, all, atLeast, below } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import type { RuleInput } from "./detector";
import { factor, rounded, tokens } from "./words";

type Settings = {
  readonly min_calls: number;
  readonly growth_factor: number;
  readonly min_last_tokens: number;
  readonly inflation_factor: number;
};

/** Growth from a tiny first prompt says nothing. */
const MIN_FIRST_TOKENS = 10;

function limitOf({ baseline, thresholds }: Pick<RuleInput<Settings>, "baseline" | "thresholds">): number {
  const usual = baseline.context_growth;
  return usual === undefined ? thresholds.growth_factor : usual * thresholds.inflation_factor;
}

export const contextBloat = defineDetector<Settings>({
  type: "CONTEXT_BLOAT",
  label: "Context bloat",
  summary: "Prompts that grow to several times their first size within a run.",
  defaults: { min_calls: 3, growth_factor: 3, min_last_tokens: 2000, inflation_factor: 2 },
  reads: ["context_first", "context_last", "context_growth", "context_calls"],
  top: "MEDIUM",
  // The last prompt decides, and the next one may be small again.
  provisional: () => true,
  needs: ({ facts, thresholds }) =>
    facts.llm_calls > 0 && facts.context_calls < thresholds.min_calls
      ? `prompt tokens of at least ${thresholds.min_calls} LLM calls`
      : undefined,
  rule(input) {
    const { context_calls, context_first, context_last, context_growth } = input.facts;
    if (context_first === undefined || context_last === undefined || context_growth === undefined) return undefined;
    if (context_calls < input.thresholds.min_calls || context_first < MIN_FIRST_TOKENS) return undefined;
    if (context_last < input.thresholds.min_last_tokens) return undefined;
    const limit = limitOf(input);
    if (context_growth < limit) return undefined;
    return {
      severity: input.baseline.context_growth === undefined ? "LOW" : "MEDIUM",
      confidence: confidenceOf(context_growth / limit),
    };
  },
  conditions(thresholds, baseline) {
    const { min_calls, min_last_tokens } = thresholds;
    return {
      missing: all(above("llm_calls", 0), below("context_calls", min_calls)),
      tiers: [
        {
          severity: baseline.context_growth === undefined ? "LOW" : "MEDIUM",
          when: all(
            atLeast("context_calls", min_calls),
            atLeast("context_first", MIN_FIRST_TOKENS),
            atLeast("context_last", min_last_tokens),
            atLeast("context_growth", limitOf({ baseline, thresholds })),
          ),
        },
      ],
    };
  },
  evidence(findings) {
    const { facts, run, baseline } = findings;
    return {
      first_tokens: facts.context_first,
      last_tokens: facts.context_last,
      growth_factor: rounded(facts.context_growth ?? 0, 2),
      threshold_factor: rounded(limitOf(findings), 2),
      llm_call_count: facts.context_calls,
      first_call_step: run.prompt_sizes[0]?.step,
      last_call_step: run.prompt_sizes.at(-1)?.step,
      token_growth_sequence: run.prompt_sizes,
      ...(baseline.context_growth === undefined ? {} : { baseline_p75: baseline.context_growth }),
    };
  },
  step: ({ run }) => run.prompt_sizes.at(-1)?.step,
  explain(findings) {
    const { facts, baseline } = findings;
    const first = tokens(facts.context_first ?? 0);
    const last = tokens(facts.context_last ?? 0);
    const growth = factor(facts.context_growth ?? 0);
    const usual = baseline.context_growth;
    const compared =
      usual === undefined
        ? `The limit is ${factor(limitOf(findings))}`
        : `Three of four runs of this agent stay within ${factor(usual)}; the limit is ${factor(limitOf(findings))}`;
    return {
      title: `Prompt grew ${growth}, from ${first} to ${last}`,
      what: `The prompt grew from ${first} at the first LLM call to ${last} at the last one, ${growth} as much.`,
      why: "Every further call pays for the whole history again, gets slower, and loses sight of what matters in it.",
      evidence: `${facts.context_calls} LLM calls with a known prompt size. ${compared}.`,
      fixes: [
        {
          description: "Keep the newest messages and a summary of the rest.",
          language: "typescript",
          code: `if (countTokens(messages) > 8000) {
  const summary = await summarise(messages.slice(1, -6));
  messages.splice(1, messages.length - 7, { role: "user", content: \`Summary so far: \${summary}\` });
}`,
        },
        {
          description: "Cut long tool results before they enter the history.",
          language: "typescript",
          code: 'const forModel = result.length > 4000 ? result.slice(0, 4000) + " … (cut)" : result;',
        },
      ],
    };
  },
});
