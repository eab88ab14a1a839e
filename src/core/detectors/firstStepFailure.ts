import type { FIRST_FAILURE_KINDS } from "../facts/facts";
import { atMost } from "./condition";
import { defineDetector } from "./define";
import type { Fix } from "./detector";

type Kind = (typeof FIRST_FAILURE_KINDS)[number];

const VERDICTS = {
  run_errored: { severity: "MEDIUM", confidence: 0.9 },
  empty_llm_response: { severity: "MEDIUM", confidence: 0.88 },
  tool_failure: { severity: "MEDIUM", confidence: 0.85 },
} as const;

export const firstStepFailure = defineDetector({
  type: "FIRST_STEP_FAILURE",
  label: "First step failure",
  summary: "Something failed in the very first steps of the run.",
  defaults: { max_step: 2 },
  reads: ["first_failure_step", "first_failure_kind"],
  top: "MEDIUM",
  provisional: ({ facts }) => facts.first_failure_kind === "empty_llm_response",
  rule({ facts, thresholds }) {
    if (facts.first_failure_step === undefined || facts.first_failure_step > thresholds.max_step) return undefined;
    return VERDICTS[facts.first_failure_kind ?? "tool_failure"];
  },
  conditions: ({ max_step }) => ({ tiers: [{ severity: "MEDIUM", when: atMost("first_failure_step", max_step) }] }),
  evidence: ({ facts, thresholds, run }) => ({
    trigger: facts.first_failure_kind,
    failed_step: facts.first_failure_step,
    max_step: thresholds.max_step,
    ...(facts.first_failure_kind === "tool_failure" ? { tool: run.first_failure_tool } : {}),
  }),
  step: ({ facts }) => facts.first_failure_step,
  explain({ facts, thresholds, run }) {
    const kind = facts.first_failure_kind ?? "tool_failure";
    const tool = run?.first_failure_tool ?? "A tool call";
    const step = facts.first_failure_step ?? 0;
    const subject = {
      run_errored: "The run ended with an error",
      empty_llm_response: "The model answered with nothing",
      tool_failure: `${tool} failed`,
    }[kind];
    return {
      title: `${subject} at step ${step}`,
      what: `${subject} at step ${step}, before the agent had done any real work.`,
      why: "A failure at the entry is usually a matter of set-up, such as a key, a prompt or an address, and then every run repeats it.",
      evidence: `The first failure of the run came at step ${step}, within the first ${thresholds.max_step}.`,
      fixes: [FIXES[kind], CHECK_SETUP],
    };
  },
});

const FIXES: Readonly<Record<Kind, Fix>> = {
  run_errored: {
    description: "Check input and configuration before the run starts, with a message that names what is missing.",
    language: "typescript",
    code: 'if (!process.env.OPENAI_API_KEY) throw new Error("OPENAI_API_KEY is not set.");',
  },
  empty_llm_response: {
    description:
      "Send the exact prompt of this version to the model by hand: a refusal or an empty template shows at once.",
    language: "typescript",
    code: 'const messages = buildMessages(input);\nif (messages.at(-1)?.content === "") throw new Error("The prompt template left the user message empty.");',
  },
  tool_failure: {
    description: "Call the tool once at start, so that a wrong address or key shows before a user waits.",
    language: "typescript",
    code: "await Promise.all(tools.map((tool) => tool.check?.())); // throws with the name of the tool that is not reachable",
  },
};
const CHECK_SETUP: Fix = {
  description:
    "Look at the runs around this one: if they fail at the same step, the last deployment is the first suspect.",
  language: "text",
  code: "List the runs of this agent and version with FIRST_STEP_FAILURE, and compare with the runs before the last deployment.",
};
