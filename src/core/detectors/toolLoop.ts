import type { ActionRecord } from "../facts/evidence";
import { LOOP_WINDOW } from "../facts/facts";
import { all, any, atLeast, atMost } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector, type RunFindings } from "./define";
import type { Findings, Fix, RuleInput } from "./detector";
import { listed, rounded, times, tokens } from "./words";

type Settings = { readonly threshold: number };

/** A loop without equal arguments may be honest work, such as paging, so its confidence stays below this. */
const MAX_UNSURE = 0.6;

const STOP_REPEATS: Fix = {
  description: "Answer a repeated call with a note instead of running it again.",
  language: "typescript",
  code: `const seen = new Map<string, string>();
async function callTool(name: string, args: unknown): Promise<string> {
  const key = name + JSON.stringify(args);
  const last = seen.get(key);
  if (last !== undefined) return \`You already made this call. The answer was: \${last}. Use it or try something else.\`;
  const result = await tools[name](args);
  seen.set(key, result);
  return result;
}`,
};
const CAP_CALLS: Fix = {
  description: "Limit how often one tool may be called in a run.",
  language: "typescript",
  code: `const calls = (counts.get(name) ?? 0) + 1;
counts.set(name, calls);
if (calls > 5) return \`\${name} was called 5 times already. Answer with what you have, or say what is missing.\`;`,
};
const PROMPT: Fix = {
  description: "Tell the model when to stop searching.",
  language: "text",
  code: "Do not call a tool again with the same or slightly reworded arguments. If two calls did not help, say what is missing and finish.",
};

/** How the calls of the loop relate, best known first. */
function kindOf({ facts, thresholds }: RuleInput<Settings>): "stuck" | "identical" | "similar" | "varied" {
  if (facts.loop_stuck >= thresholds.threshold) return "stuck";
  if (facts.loop_identical >= thresholds.threshold) return "identical";
  return facts.loop_distinct !== undefined && facts.loop_distinct <= 2 ? "similar" : "varied";
}

/** The calls the verdict rests on; the equal ones may belong to another tool than loop_tool. */
function deciding(findings: RunFindings<Settings>): readonly ActionRecord[] {
  const kind = kindOf(findings);
  if (kind === "stuck") return findings.run.loop_stuck;
  return kind === "identical" ? findings.run.loop_identical : findings.run.loop;
}

export const toolLoop = defineDetector<Settings>({
  type: "TOOL_LOOP",
  label: "Tool loop",
  summary: `The same tool again and again within ${LOOP_WINDOW} consecutive actions, worst with the same arguments and the same answer.`,
  defaults: { threshold: 3 },
  reads: ["loop_count", "loop_tool", "loop_identical", "loop_stuck", "loop_distinct"],
  top: "HIGH",
  // Later windows may hold more calls with more varied arguments; calls once seen to be equal stay so.
  provisional: ({ facts, thresholds }) => facts.loop_identical < thresholds.threshold,
  rule(input) {
    const { facts, thresholds } = input;
    if (facts.loop_count < thresholds.threshold) return undefined;
    const kind = kindOf(input);
    const confidence = confidenceOf(facts.loop_count / thresholds.threshold);
    return {
      severity: kind === "stuck" ? "HIGH" : kind === "varied" ? "LOW" : "MEDIUM",
      confidence: facts.loop_identical >= thresholds.threshold ? confidence : Math.min(confidence, MAX_UNSURE),
    };
  },
  conditions({ threshold }) {
    const loops = atLeast("loop_count", threshold);
    const alike = any(atLeast("loop_identical", threshold), atMost("loop_distinct", 2));
    return {
      tiers: [
        { severity: "HIGH", when: all(loops, atLeast("loop_stuck", threshold)) },
        { severity: "MEDIUM", when: all(loops, alike) },
        { severity: "LOW", when: loops },
      ],
    };
  },
  evidence(findings) {
    const calls = deciding(findings);
    const hashes = calls.map((call) => call.args_hash ?? null);
    const distinct = hashes.includes(null) ? undefined : new Set(hashes).size;
    const judged = calls.filter((call) => call.success !== undefined);
    const first = calls[0];
    const last = calls.at(-1);
    return {
      tool: first?.name ?? findings.facts.loop_tool,
      count: calls.length,
      window: LOOP_WINDOW,
      first_step: first?.step,
      last_step: last?.step,
      step_indices: calls.map((call) => call.step),
      args_hashes: hashes,
      args_identical: distinct === 1,
      args_similar: distinct !== undefined && distinct <= 2,
      success_rate:
        judged.length === 0 ? null : rounded(judged.filter((call) => call.success).length / judged.length, 2),
      wasted_tokens: wastedTokens(calls),
    };
  },
  step: (findings) => deciding(findings).at(-1)?.step,
  explain(findings) {
    const kind = kindOf(findings);
    const { tool, count, all } = subject(findings);
    const total = all ?? count;
    const window = `within ${LOOP_WINDOW} consecutive actions`;
    const among = all === undefined ? "" : `, ${count} of them ${window}`;
    const texts = {
      stuck: {
        title:
          all === undefined
            ? `${tool} called ${times(total)} with the same arguments, same answer each time`
            : `${tool} called ${times(total)} with the same arguments, same answer again and again`,
        what: `The agent called ${tool} ${times(total)} with the same arguments${among === "" ? "" : `${among},`} and got the same answer each time.`,
        why: "Nothing new can come of it: every repeat costs tokens and time, and the run goes on until something else stops it.",
        fixes: [STOP_REPEATS, CAP_CALLS],
      },
      identical: {
        title: `${tool} called ${times(total)} with the same arguments`,
        what: `The agent called ${tool} ${times(total)} with the same arguments${all === undefined ? ` ${window}` : among}. The answers differed or are not known.`,
        why: "Unless the agent polls for something that changes, the repeats only cost tokens and time.",
        fixes: [STOP_REPEATS, CAP_CALLS],
      },
      similar: {
        title: `${tool} called ${times(total)} with hardly any change`,
        what: `The agent called ${tool} ${times(total)} ${window} with only two different arguments between them.`,
        why: "The agent rewords the question instead of changing its plan, so more calls are unlikely to help.",
        fixes: [PROMPT, CAP_CALLS],
      },
      varied: {
        title: `${tool} called ${times(total)} within ${LOOP_WINDOW} actions`,
        what: `The agent called ${tool} ${times(total)} ${window}, with varying or unknown arguments.`,
        why: "This is often honest work, such as paging through results; it is a loop when the answers bring nothing new.",
        fixes: [CAP_CALLS, PROMPT],
      },
    }[kind];
    return { ...texts, evidence: evidenceOf(findings) };
  },
});

/** Which tool, how often within the window, and how often over the run with those arguments where that is more. */
function subject(findings: Findings<Settings>): { tool: string; count: number; all: number | undefined } {
  const { facts, run } = findings;
  const kind = kindOf(findings);
  const count = {
    stuck: facts.loop_stuck,
    identical: facts.loop_identical,
    similar: facts.loop_count,
    varied: facts.loop_count,
  }[kind];
  const call = run === undefined ? undefined : deciding({ ...findings, run })[0];
  // Without the events, equal calls are known to be those of loop_tool only when all its calls were equal.
  const isLoopTool =
    kind === "similar" || kind === "varied" || (facts.loop_distinct === 1 && count === facts.loop_count);
  const tool = call?.name ?? (isLoopTool ? facts.loop_tool : undefined) ?? "one tool";
  const repeat = run?.repeat;
  const isRepeated = call !== undefined && facts.repeat_tool === call.name && repeat?.args_hash === call.args_hash;
  const all = isRepeated && repeat !== undefined && repeat.count > count ? repeat.count : undefined;
  return { tool, count, all: kind === "stuck" || kind === "identical" ? all : undefined };
}

function evidenceOf(findings: Findings<Settings>): string {
  const { facts, run } = findings;
  const name = facts.loop_tool ?? "one tool";
  if (run === undefined) {
    return `${facts.loop_count} of ${LOOP_WINDOW} consecutive actions were ${name}; up to ${facts.loop_identical} calls had equal arguments and ${facts.loop_stuck} equal answers too.`;
  }
  const calls = deciding({ ...findings, run });
  const wasted = wastedTokens(calls);
  const cost = wasted === null ? "" : ` ${tokens(wasted)} of prompts were read again meanwhile.`;
  return `${calls[0]?.name ?? name} at steps ${listed(calls.map((call) => call.step))}.${cost}`;
}

/** Prompt tokens of the LLM calls between the first and the last call of the loop; null when none are known. */
function wastedTokens(calls: readonly ActionRecord[]): number | null {
  const first = calls[0];
  const last = calls.at(-1);
  if (first === undefined || last === undefined) return null;
  const wasted = last.prompt_tokens_before - first.prompt_tokens_before;
  return wasted > 0 ? wasted : null;
}
