import type { Baseline } from "../baselines/baseline";
import type { CallKind } from "../facts/calls";
import type { RunEvidence, SlowRecord } from "../facts/evidence";
import type { Facts } from "../facts/facts";
import { above, all, any, atLeast, type FactCondition, not, type Tier } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import type { Fix, RuleInput, Thresholds } from "./detector";
import { duration, factor, rounded } from "./words";

type Settings = {
  readonly tool_ms: number;
  readonly llm_ms: number;
  readonly gap_ms: number;
  readonly inflation_factor: number;
  readonly floor_ms: number;
};
type SlowKind = "tool" | "llm" | "gap";

const HIGH_RATIO = 5;
const KINDS = ["tool", "llm", "gap"] as const satisfies readonly SlowKind[];
const FACTS = { tool: "slowest_tool_ms", llm: "slowest_llm_ms", gap: "slowest_gap_ms" } as const;
const LABELS: Readonly<Record<SlowKind, string>> = { tool: "tool execution", llm: "LLM call", gap: "step" };

function usualOf(kind: SlowKind, baseline: Baseline): number | undefined {
  if (kind === "tool") return baseline.slowest_tool_ms;
  return kind === "llm" ? baseline.slowest_llm_ms : baseline.slowest_gap_ms;
}

function observedOf(kind: SlowKind, facts: Readonly<Facts>): number | undefined {
  if (kind === "tool") return facts.slowest_tool_ms;
  return kind === "llm" ? facts.slowest_llm_ms : facts.slowest_gap_ms;
}

/** The least whole number of ms that is HIGH_RATIO times the limit, by the division that the rule makes. */
function highFrom(limit: number): number {
  let ms = Math.max(0, Math.floor(limit * HIGH_RATIO) - 1);
  while (!(ms > limit && ms / limit >= HIGH_RATIO)) ms++;
  return ms;
}

/** The kind that is worst has a baseline; for runs that are not HIGH, and slow in some kind. */
function worstHasBaseline(baseline: Baseline, thresholds: Settings): FactCondition {
  // A limit of 0 has no ratio: whatever exceeds it is HIGH.
  const judged = KINDS.filter(
    (kind) => usualOf(kind, baseline) !== undefined && slowLimit(kind, baseline, thresholds) > 0,
  );
  const others = KINDS.filter((kind) => usualOf(kind, baseline) === undefined);
  const worstOf = (kind: SlowKind): FactCondition => {
    const limit = slowLimit(kind, baseline, thresholds);
    const heavier = others.map((other): FactCondition => {
      const otherLimit = slowLimit(other, baseline, thresholds);
      const orEqual = KINDS.indexOf(kind) < KINDS.indexOf(other);
      const outweighs = {
        kind: "outweighs",
        fact: FACTS[kind],
        limit,
        other: FACTS[other],
        otherLimit,
        orEqual,
      } as const;
      return any(not(above(FACTS[other], otherLimit)), outweighs);
    });
    return all(above(FACTS[kind], limit), ...heavier);
  };
  return any(...judged.map(worstOf));
}

function recordOf(kind: SlowKind, run: RunEvidence): SlowRecord | undefined {
  if (kind === "tool") return run.slowest_tool;
  return kind === "llm" ? run.slowest_llm : run.slowest_gap;
}

/** How long a tool, an LLM call or a gap may take, ms: by the baseline where there is one, else the fixed limit. */
function slowLimit(kind: SlowKind, baseline: Baseline, thresholds: Settings): number {
  const usual = usualOf(kind, baseline);
  if (usual !== undefined) return Math.max(usual * thresholds.inflation_factor, thresholds.floor_ms);
  if (kind === "tool") return thresholds.tool_ms;
  return kind === "llm" ? thresholds.llm_ms : thresholds.gap_ms;
}

/** How long an open call may last before SLOW_STEP holds, ms. */
export function callLimit(kind: CallKind, baseline: Baseline, thresholds: Thresholds): number {
  const known = slowStep.defaults;
  return slowLimit(kind === "llm" ? "llm" : "tool", baseline, {
    tool_ms: thresholds.tool_ms ?? known.tool_ms,
    llm_ms: thresholds.llm_ms ?? known.llm_ms,
    gap_ms: thresholds.gap_ms ?? known.gap_ms,
    inflation_factor: thresholds.inflation_factor ?? known.inflation_factor,
    floor_ms: thresholds.floor_ms ?? known.floor_ms,
  });
}

/** observed / limit when it is exceeded, else 0. */
function overrun(kind: SlowKind, { facts, baseline, thresholds }: RuleInput<Settings>): number {
  const observed = observedOf(kind, facts);
  if (observed === undefined) return 0;
  const limit = slowLimit(kind, baseline, thresholds);
  return observed > limit ? observed / limit : 0;
}

/** The kind with the largest overrun; of equals the first. */
function worstKind(tool: number, llm: number, gap: number): SlowKind {
  if (tool >= llm && tool >= gap) return "tool";
  return llm >= gap ? "llm" : "gap";
}

function worst(input: RuleInput<Settings>): {
  kind: SlowKind;
  ms: number;
  limit: number;
  ratio: number;
  usual: number | undefined;
} {
  const kind = worstKind(overrun("tool", input), overrun("llm", input), overrun("gap", input));
  return {
    kind,
    ms: observedOf(kind, input.facts) ?? 0,
    limit: slowLimit(kind, input.baseline, input.thresholds),
    ratio: overrun(kind, input),
    usual: usualOf(kind, input.baseline),
  };
}

export const slowStep = defineDetector<Settings>({
  type: "SLOW_STEP",
  label: "Slow step",
  summary: "One tool call, LLM call or pause that takes far longer than its limit or its usual time.",
  defaults: { tool_ms: 15_000, llm_ms: 30_000, gap_ms: 60_000, inflation_factor: 2, floor_ms: 500 },
  reads: ["slowest_tool_ms", "slowest_llm_ms", "slowest_gap_ms"],
  top: "HIGH",
  // A step of a kind without baseline may become the worst one, and is LOW then.
  provisional: (input) =>
    Math.max(overrun("tool", input), overrun("llm", input), overrun("gap", input)) < HIGH_RATIO &&
    KINDS.some((kind) => usualOf(kind, input.baseline) === undefined),
  rule(input) {
    const tool = overrun("tool", input);
    const llm = overrun("llm", input);
    const gap = overrun("gap", input);
    const ratio = Math.max(tool, llm, gap);
    if (ratio === 0) return undefined;
    const byBaseline = usualOf(worstKind(tool, llm, gap), input.baseline) !== undefined;
    return { severity: ratio >= HIGH_RATIO ? "HIGH" : byBaseline ? "MEDIUM" : "LOW", confidence: confidenceOf(ratio) };
  },
  conditions(thresholds, baseline) {
    const limits = KINDS.map((kind) => [FACTS[kind], slowLimit(kind, baseline, thresholds)] as const);
    const withBaseline = KINDS.filter((kind) => usualOf(kind, baseline) !== undefined).length;
    const slow = any(...limits.map(([fact, limit]) => above(fact, limit)));
    const high = any(...limits.map(([fact, limit]) => atLeast(fact, highFrom(limit))));
    const tiers: Tier[] = [{ severity: "HIGH", when: high }];
    if (withBaseline === KINDS.length) tiers.push({ severity: "MEDIUM", when: slow });
    else if (withBaseline > 0) tiers.push({ severity: "MEDIUM", when: worstHasBaseline(baseline, thresholds) });
    if (withBaseline < KINDS.length) tiers.push({ severity: "LOW", when: slow });
    return { tiers };
  },
  evidence(findings) {
    const { kind, ms, limit, ratio, usual } = worst(findings);
    const record = recordOf(kind, findings.run);
    const eventTypes = { tool: "tool.called", llm: "llm.called", gap: record?.name };
    return {
      step_index: record?.step,
      duration_ms: ms,
      threshold_ms: rounded(limit, 0),
      event_type: eventTypes[kind],
      step_label: LABELS[kind],
      name: kind === "gap" ? undefined : record?.name,
      ratio: rounded(ratio, 1),
      all_slow_steps: slowSteps(findings, findings.run),
      ...(usual === undefined ? {} : { baseline_p75: usual }),
      coincident_signals: coincident(record, findings.run),
    };
  },
  step: (findings) => recordOf(worst(findings).kind, findings.run)?.step,
  explain(findings) {
    const { kind, ms, limit, ratio, usual } = worst(findings);
    const record = findings.run === undefined ? undefined : recordOf(kind, findings.run);
    const took = duration(ms);
    const name = record?.name;
    const at = record === undefined ? "" : ` ${kind === "gap" ? "after" : "at"} step ${record.step}`;
    const subject = {
      tool: name ?? "A tool call",
      llm: name === undefined ? "An LLM call" : `LLM call to ${name}`,
      gap: "A pause",
    }[kind];
    const during = findings.run === undefined ? [] : coincident(record, findings.run);
    const outside =
      during.length === 0 ? "" : ` Reported meanwhile: ${during.map((signal) => signal.signal_name).join(", ")}.`;
    const compared =
      usual === undefined
        ? `The limit is ${duration(limit)}`
        : `The slowest of its kind takes at most ${duration(usual)} in three of four runs of this agent; the limit is ${duration(limit)}`;
    return {
      title: kind === "gap" ? `Nothing happened for ${took}${at}` : `${subject} took ${took}${at}`,
      what:
        kind === "gap"
          ? `For ${took}${at} no call was open and nothing happened: ${factor(ratio)} the limit.`
          : `${subject} took ${took}${at}, ${factor(ratio)} the limit.`,
      why:
        kind === "gap"
          ? "The time went into something the run does not show: a queue, a lock, code between the steps."
          : "Everything after it waits, and so does the user; where the call hangs, the run hangs with it.",
      evidence: `${compared}.${outside}`,
      fixes: [FIXES[kind], ...(usual === undefined ? [RAISE_LIMIT] : [])],
    };
  },
});

function slowSteps(input: RuleInput<Settings>, run: RunEvidence): Record<string, number> {
  const slow: Record<string, number> = {};
  for (const kind of KINDS) {
    const record = recordOf(kind, run);
    if (record === undefined || overrun(kind, input) === 0) continue;
    slow[record.step] = Math.max(record.ms, slow[record.step] ?? 0);
  }
  return slow;
}

/** External signals that came while the slow step lasted. */
function coincident(
  record: SlowRecord | undefined,
  run: RunEvidence,
): Pick<RunEvidence["external"][number], "signal_name" | "source" | "meta">[] {
  if (record === undefined) return [];
  const end = record.start + record.ms * 1000;
  return run.external
    .filter((signal) => signal.time >= record.start && signal.time <= end)
    .map(({ signal_name, source, meta }) => ({ signal_name, source, meta }));
}

const FIXES: Readonly<Record<SlowKind, Fix>> = {
  tool: {
    description: "Give the tool a time limit, and the model an answer it can work with.",
    language: "typescript",
    code: `const signal = AbortSignal.timeout(10_000);
const result = await fetch(url, { signal }).then(
  (response) => response.text(),
  () => "The tool did not answer within 10 s. Go on without it.",
);`,
  },
  llm: {
    description: "Limit output and time of the call, or stream it.",
    language: "typescript",
    code: `const response = await openai.chat.completions.create(
  { model, messages, max_completion_tokens: 1024 },
  { timeout: 20_000, maxRetries: 1 },
);`,
  },
  gap: {
    description: "Wrap the work between the steps as a tool, so that the run shows where the time goes.",
    language: "typescript",
    code: "const loadDocuments = dt.tool(async function loadDocuments(ids: string[]) {\n  return store.load(ids);\n});",
  },
};
const RAISE_LIMIT: Fix = {
  description: "If this is normal for the agent, raise its limit in detectors.yml.",
  language: "yaml",
  code: "my-agent:\n  slow_step:\n    tool_ms: 60000\n    llm_ms: 60000\n    gap_ms: 120000",
};
