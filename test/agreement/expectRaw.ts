import { FAILURE_TYPES, type FailureType } from "../../src/core";
import type { Scope } from "../../src/logql/builders";
import { type Producer, RUN_LABEL, rawQueries } from "../../src/logql/detectors";
import { type Asked, WINDOW_MS } from "./asked";
import { type Disagreement, disagreements, type Judging, type Outcomes, outcomesByRule } from "./outcomes";
import type { AgreementRun } from "./runs";

async function outcomesByRaw(
  asked: Asked,
  type: FailureType,
  judging: Judging,
  scope: Scope,
  agents: readonly string[],
): Promise<Outcomes | undefined> {
  const { thresholds } = judging.config.settingsFor("")[type];
  const queries = rawQueries(type, {
    scope,
    agents,
    windowMs: WINDOW_MS,
    thresholds,
    baseline: judging.baselines.baselineOf("", undefined),
  });
  if (queries === undefined || (queries.joins && !asked.full)) return undefined;
  const outcomes = new Map<string, string>();
  for (const { severity, query } of queries.fires) {
    for (const run_id of (await asked.values(query, RUN_LABEL)).keys()) outcomes.set(run_id, severity);
  }
  if (queries.no_data === undefined) return outcomes;
  for (const run_id of (await asked.values(queries.no_data, RUN_LABEL)).keys()) outcomes.set(run_id, "no data");
  return outcomes;
}

export interface RawAgreement {
  readonly type: FailureType;
  /** Where a query over raw events exists: the runs on which it differs from the rule, by who wrote the lines. */
  readonly wrong: Readonly<Record<Producer, readonly Disagreement[]>> | undefined;
}

/**
 * Compares each detector's queries over raw events with its rule, on finished and unfinished runs.
 *
 * @param agents those of the runs, where the queries are to be about them alone
 */
export async function rawAgreement(
  asked: Asked,
  runs: readonly AgreementRun[],
  judging: Judging,
  scope: Scope,
  agents: readonly string[] = [],
): Promise<RawAgreement[]> {
  const all: RawAgreement[] = [];
  const producers = new Map(runs.map(({ run, producer }) => [run.run_id, producer]));
  for (const type of FAILURE_TYPES) {
    const found = await outcomesByRaw(asked, type, judging, scope, agents);
    const wrong = found && disagreements(outcomesByRule(type, runs, judging), found);
    const by = (producer: Producer): Disagreement[] =>
      (wrong ?? []).filter(({ run_id }) => (producers.get(run_id) ?? "schema") === producer);
    all.push({ type, wrong: wrong && { schema: by("schema"), python: by("python") } });
  }
  return all;
}
