import { type Baselines, type DetectorConfig, detectorOf, type FailureType } from "../../src/core";
import type { AgreementRun } from "./runs";

/** By what the runs are judged. */
export interface Judging {
  readonly name: string;
  readonly config: DetectorConfig;
  readonly baselines: Baselines;
}

/** A severity before boosts and overrides, or "no data"; a run that is clear has none. */
export type Outcome = string;
/** By run_id. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** How the rule in TypeScript judges the runs. */
export function outcomesByRule(
  type: FailureType,
  runs: readonly AgreementRun[],
  { config, baselines }: Judging,
): Outcomes {
  const detector = detectorOf(type);
  const outcomes = new Map<string, Outcome>();
  for (const { run } of runs) {
    const { thresholds } = config.settingsFor(run.agent_id)[type];
    const baseline = baselines.baselineOf(run.agent_id, run.agent_version);
    const input = { facts: run.facts, ended: run.ended, exit_reason: run.exit_reason, baseline, thresholds };
    const isMissing = detector.needs(input) !== undefined;
    const severity = isMissing ? undefined : detector.rule(input)?.severity;
    if (severity !== undefined) outcomes.set(run.run_id, severity);
    else if (isMissing || detector.neverClear?.(input) !== undefined) outcomes.set(run.run_id, "no data");
  }
  return outcomes;
}

export interface Disagreement {
  readonly run_id: string;
  readonly expected: Outcome;
  readonly found: Outcome;
}

/** Where two ways of judging differ; `clear` stands for no outcome. */
export function disagreements(expected: Outcomes, found: Outcomes): Disagreement[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((run_id) => {
    const [by, of] = [expected.get(run_id) ?? "clear", found.get(run_id) ?? "clear"];
    return by === of ? [] : [{ run_id, expected: by, found: of }];
  });
}

/** A disagreement for people: the run as NDJSON, and where it comes from. */
export function report(disagreement: Disagreement, runs: readonly AgreementRun[]): string {
  const { run_id, expected, found } = disagreement;
  const run = runs.find((one) => one.run.run_id === run_id);
  const lines = [...(run?.raw ?? []), run?.terminal ?? ""].join("\n");
  return `${run?.origin}: by rule ${expected}, by LogQL ${found}\n${lines}`;
}
