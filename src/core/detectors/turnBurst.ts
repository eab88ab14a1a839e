import { ALWAYS, above } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, factor, rounded } from "./words";

export const turnBurst = defineDetector({
  type: "TURN_BURST",
  label: "Turn burst",
  summary: "One user turn with far more calls than this agent usually makes.",
  defaults: { inflation_factor: 3 },
  shadow: true,
  reads: ["turn_calls_max"],
  top: "MEDIUM",
  needs: ({ baseline }) =>
    baseline.turn_calls_max === undefined ? "a baseline of calls per turn (20 completed runs in 7 days)" : undefined,
  rule({ facts, baseline, thresholds }) {
    if (baseline.turn_calls_max === undefined) return undefined;
    const limit = baseline.turn_calls_max * thresholds.inflation_factor;
    if (facts.turn_calls_max <= limit) return undefined;
    return { severity: "MEDIUM", confidence: confidenceOf(facts.turn_calls_max / limit) };
  },
  conditions: ({ inflation_factor }, { turn_calls_max: usual }) =>
    usual === undefined
      ? { missing: ALWAYS, tiers: [] }
      : { tiers: [{ severity: "MEDIUM", when: above("turn_calls_max", usual * inflation_factor) }] },
  evidence: ({ facts, baseline, thresholds, run: { busiest_turn } }) => ({
    turn: busiest_turn?.turn,
    first_step: busiest_turn?.first_step,
    calls: facts.turn_calls_max,
    baseline_p75: baseline.turn_calls_max,
    threshold_factor: thresholds.inflation_factor,
  }),
  step: ({ run }) => run.busiest_turn?.first_step,
  explain({ facts, baseline, thresholds, run }) {
    const usual = baseline.turn_calls_max ?? 0;
    const at = run?.busiest_turn === undefined ? "" : `, from step ${run.busiest_turn.first_step} on`;
    return {
      title: `${counted(facts.turn_calls_max, "call")} in one user turn, ${factor(facts.turn_calls_max / usual)} the usual`,
      what: `The agent made ${counted(facts.turn_calls_max, "call")} to model, tools and retrievers for one input of the user${at}.`,
      why: "One request sets off far more work than others: the user waits, and the cost lands in a single answer.",
      evidence: `In three of four runs of this agent the busiest turn has ${rounded(usual, 1)} calls or fewer; the limit is ${factor(thresholds.inflation_factor)} that.`,
      fixes: [
        {
          description: "Limit the calls of one turn.",
          language: "typescript",
          code: 'if (callsThisTurn >= 20) return "This takes more steps than expected. Shall I go on?";',
        },
      ],
    };
  },
});
