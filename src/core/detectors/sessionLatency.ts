import { atLeast } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import type { RuleInput } from "./detector";
import { counted, duration, factor, rounded } from "./words";

type Settings = {
  readonly inflation_factor: number;
  readonly static_threshold_secs: number;
  readonly floor_secs: number;
};

/** ms */
function limitOf({ baseline, thresholds }: Pick<RuleInput<Settings>, "baseline" | "thresholds">): number {
  const usual = baseline.active_ms;
  if (usual === undefined) return thresholds.static_threshold_secs * 1000;
  return Math.max(usual * thresholds.inflation_factor, thresholds.floor_secs * 1000);
}

export const sessionLatency = defineDetector<Settings>({
  type: "SESSION_LATENCY",
  label: "Session latency",
  summary: "The run as a whole takes far longer than usual, waits for people left out.",
  defaults: { inflation_factor: 2, static_threshold_secs: 300, floor_secs: 5 },
  reads: ["active_ms"],
  live: "end",
  top: "MEDIUM",
  rule(input) {
    const limit = limitOf(input);
    const active = input.facts.active_ms;
    if (active < limit) return undefined;
    return {
      severity: input.baseline.active_ms === undefined ? "LOW" : "MEDIUM",
      confidence: confidenceOf(active / limit),
    };
  },
  conditions: (thresholds, baseline) => ({
    tiers: [
      {
        severity: baseline.active_ms === undefined ? "LOW" : "MEDIUM",
        when: atLeast("active_ms", limitOf({ baseline, thresholds })),
      },
    ],
  }),
  evidence(findings) {
    const { facts, baseline } = findings;
    const limit = limitOf(findings);
    return {
      duration_s: rounded(facts.active_ms / 1000, 1),
      threshold_s: rounded(limit / 1000, 1),
      inflation_ratio: rounded(facts.active_ms / limit, 2),
      ...(baseline.active_ms === undefined ? {} : { baseline_p75_s: rounded(baseline.active_ms / 1000, 1) }),
    };
  },
  explain(findings) {
    const { facts, baseline } = findings;
    const limit = limitOf(findings);
    const usual = baseline.active_ms;
    const took = duration(facts.active_ms);
    const waits = facts.duration_ms - facts.active_ms;
    const waited = waits >= 1000 ? ` Waits for people, ${duration(waits)}, are not counted.` : "";
    return {
      title:
        usual === undefined
          ? `Ran ${took}, above the limit of ${duration(limit)}`
          : `Ran ${took}, ${factor(facts.active_ms / usual)} the usual`,
      what: `The agent worked for ${took} on this run, over ${counted(facts.steps, "step")}.${waited}`,
      why: "Users give up and callers run into their time limits, even when no single step is slow.",
      evidence:
        usual === undefined
          ? `The limit is ${duration(limit)}.`
          : `The usual is ${duration(usual)} (P75 of 7 days), the limit ${duration(limit)}.`,
      fixes: [
        {
          description: "Give the run a time limit and answer with what is there.",
          language: "typescript",
          code: `const deadline = Date.now() + 60_000;
while (Date.now() < deadline) {
  const response = await step(messages);
  if (response.done) return response.text;
}
return "I ran out of time. This is what I found so far: …";`,
        },
        {
          description: "Run independent tool calls at the same time.",
          language: "typescript",
          code: "const results = await Promise.all(response.toolCalls.map((call) => runTool(call)));",
        },
      ],
    };
  },
});
