import { above, all, missing } from "./condition";
import { defineDetector } from "./define";
import { counted } from "./words";

export const oversizedToolArguments = defineDetector({
  type: "OVERSIZED_TOOL_ARGUMENTS",
  label: "Oversized tool arguments",
  summary: "A tool was called with very long arguments.",
  defaults: { max_length: 10_000 },
  shadow: true,
  reads: ["args_length_max"],
  top: "MEDIUM",
  needs: ({ facts }) =>
    facts.tool_calls > 0 && facts.args_length_max === undefined ? "lengths of the tool arguments" : undefined,
  rule({ facts, thresholds }) {
    if (facts.args_length_max === undefined || facts.args_length_max <= thresholds.max_length) return undefined;
    return { severity: "MEDIUM", confidence: 0.9 };
  },
  conditions: ({ max_length }) => ({
    missing: all(above("tool_calls", 0), missing("args_length_max")),
    tiers: [{ severity: "MEDIUM", when: above("args_length_max", max_length) }],
  }),
  evidence: ({ thresholds, run: { longest_args } }) => ({
    step_index: longest_args?.step,
    tool_name: longest_args?.tool,
    arg_length: longest_args?.length,
    threshold: thresholds.max_length,
  }),
  step: ({ run }) => run.longest_args?.step,
  explain({ facts, thresholds, run }) {
    const tool = run?.longest_args?.tool ?? "a tool";
    const at = run?.longest_args === undefined ? "" : ` at step ${run.longest_args.step}`;
    const length = counted(facts.args_length_max ?? 0, "character");
    return {
      title: `Arguments of ${length} for ${tool}`,
      what: `The agent called ${tool}${at} with arguments of ${length}.`,
      why: "The model wrote all of it token by token: that is slow and expensive, and copies of long text are rarely exact.",
      evidence: `The limit is ${counted(thresholds.max_length, "character")}.`,
      fixes: [
        {
          description: "Pass a reference instead of the content.",
          language: "typescript",
          code: 'const parameters = { type: "object", properties: { documentId: { type: "string" } }, required: ["documentId"] };',
        },
        {
          description: "Refuse arguments that are too long, and say what to send instead.",
          language: "typescript",
          code: `if (JSON.stringify(args).length > ${thresholds.max_length}) return "Arguments too long: pass the document's id instead of its text.";`,
        },
      ],
    };
  },
});
