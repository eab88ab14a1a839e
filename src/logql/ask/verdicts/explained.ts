import { detectorOf, type Explanation } from "../../../core/detectors";
import { FACT_NAMES, type Facts } from "../../../core/facts";
import { emptyFacts } from "../../../core/facts/emptyFacts";
import { explanationOf, type Judged, type ListedRun, NOT_FOUND_TODAY } from "../../../core/judging";
import type { ExplainedSignal, ListedSignal } from "../questions";
import type { AskSettings } from "../settings";
import { judgeRun } from "./judgeRun";
import { queryFor } from "./queryFor";

/** A signal with its explanation and its query, from what its run was judged by. */
export function explained(signal: ListedSignal, judged: Judged<ListedRun>, settings: AskSettings): ExplainedSignal {
  const explanation = explanationOf(signal, judged) ?? bare(signal, NOT_FOUND_TODAY);
  const { agent_id } = judged.run;
  return { ...signal, explanation, logql: queryFor(signal, { agent_id, baseline: judged.baseline }, settings) };
}

/**
 * A recorded signal of a run whose facts are not at hand. Its evidence holds those its rule reads; where they are not
 * enough, its title and what the detector looks for have to do.
 */
export function explainedByItself(
  signal: ListedSignal,
  run: Pick<ListedRun, "run_id" | "agent_id" | "agent_version" | "ended">,
  settings: AskSettings,
): ExplainedSignal {
  const facts = { ...emptyFacts(), ...factsAmong(signal.evidence) };
  const judged = judgeRun({ ...UNKNOWN, ...run, facts }, settings);
  const found = explanationOf(signal, judged);
  const explanation = found && { ...found, title: signal.title };
  const { agent_id } = run;
  return {
    ...signal,
    explanation: explanation ?? bare(signal, detectorOf(signal.failure_type).summary),
    logql: queryFor(signal, { agent_id, baseline: judged.baseline }, settings),
  };
}

const UNKNOWN = {
  parent_run_id: undefined,
  status: "running",
  exit_reason: undefined,
  started_at: 0,
  recorded: undefined,
} as const;

function factsAmong(evidence: Readonly<Record<string, unknown>>): Partial<Facts> {
  const known = FACT_NAMES.flatMap((name) => {
    const value = evidence[name];
    const isText = name.endsWith("_tool") || name.endsWith("_kind");
    return typeof value === (isText ? "string" : "number") ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

function bare({ title }: ListedSignal, why: string): Explanation {
  return { title, what: title, why, evidence: "", fixes: [] };
}
