import { MAX_EVIDENCE } from "../facts/evidence";
import { above, all, atLeast } from "./condition";
import { defineDetector } from "./define";
import { steps } from "./words";

export const toolThrashing = defineDetector({
  type: "TOOL_THRASHING",
  label: "Tool thrashing",
  summary: "Strict back and forth between two tools, worst when each keeps its arguments.",
  defaults: { min_alternation: 6 },
  reads: ["alternation", "alternation_repeats"],
  top: "HIGH",
  // A longer stretch whose arguments change lowers it.
  provisional: ({ facts }) => facts.alternation_repeats > 0,
  rule({ facts, thresholds }) {
    if (facts.alternation < thresholds.min_alternation) return undefined;
    return facts.alternation_repeats > 0
      ? { severity: "HIGH", confidence: 0.9 }
      : { severity: "MEDIUM", confidence: 0.7 };
  },
  conditions({ min_alternation }) {
    const alternates = atLeast("alternation", min_alternation);
    return {
      tiers: [
        { severity: "HIGH", when: all(alternates, above("alternation_repeats", 0)) },
        { severity: "MEDIUM", when: alternates },
      ],
    };
  },
  evidence({ facts, run: { alternation } }) {
    if (alternation === undefined) return {};
    const { names, first_step, last_step } = alternation;
    const length = Math.min(facts.alternation, MAX_EVIDENCE);
    return {
      tool_a: names[0],
      tool_b: names[1],
      pattern: Array.from({ length }, (_, i) => names[i % 2 === 0 ? 0 : 1]),
      count: facts.alternation,
      first_step,
      last_step,
    };
  },
  step: ({ run }) => run.alternation?.last_step,
  explain({ facts, run }) {
    const pair = run?.alternation?.names;
    const between = pair === undefined ? "two tools" : `${pair[0]} and ${pair[1]}`;
    const at =
      run?.alternation === undefined ? "" : ` at ${steps(run.alternation.first_step, run.alternation.last_step)}`;
    const same = facts.alternation_repeats > 0;
    return {
      title: `Back and forth between ${between}, ${facts.alternation} calls in turn`,
      what: same
        ? `The agent called ${between} in turn, ${facts.alternation} calls in a row, each with the same arguments every time.`
        : `The agent called ${between} in turn, ${facts.alternation} calls in a row.`,
      why: same
        ? "The two answers do not settle the question and asking again cannot change that, so the run does not converge."
        : "The agent seems unable to reconcile what the two tools say; the context fills with both sides and the run does not converge.",
      evidence: `${facts.alternation} tool calls strictly in turn${at}${same ? ", arguments unchanged" : ""}.`,
      fixes: [
        {
          description: "Say in the prompt which tool wins when two disagree.",
          language: "text",
          code: `If ${pair?.[0] ?? "the first tool"} and ${pair?.[1] ?? "the second tool"} disagree, trust ${pair?.[0] ?? "the first tool"}. Do not call either again to check; state the disagreement in your answer.`,
        },
        {
          description: "Notice the pattern A-B-A-B in the agent loop and ask for a decision.",
          language: "typescript",
          code: `const [a, b, c, d] = toolNames.slice(-4);
if (a !== b && a === c && b === d) {
  messages.push({ role: "user", content: \`You keep switching between \${a} and \${b}. Decide with what you know.\` });
}`,
        },
      ],
    };
  },
});
