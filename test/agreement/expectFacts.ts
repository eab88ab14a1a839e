import { expect } from "vitest";
import { DETECTORS, type FailureType } from "../../src/core";
import { type Scope, severitiesFrom } from "../../src/logql/builders";
import { type FactsQuery, factsQueries, whatIfQueries } from "../../src/logql/detectors";
import { type Asked, WINDOW_MS } from "./asked";
import { disagreements, type Judging, type Outcomes, outcomesByRule, report } from "./outcomes";
import type { AgreementRun } from "./runs";

/**
 * Asks for the outcomes of one detector by its queries over facts.
 *
 * @returns undefined when the store does not know what a query needs
 */
async function outcomesByFacts(
  asked: Asked,
  type: FailureType,
  judging: Judging,
  scope: Scope,
): Promise<Outcomes | undefined> {
  const queries = factsQueries(type, { scope, config: judging.config, baselines: judging.baselines });
  const outcomes = new Map<string, string>();
  const ask = async ({ query }: FactsQuery, outcome: string): Promise<void> => {
    for (const line of await asked.lines(query)) {
      const run_id = /"run_id":"([^"]*)"/.exec(line)?.[1] ?? line;
      expect(outcomes.get(run_id), `${type}: ${run_id} is in two answers\n${query}`).toBeUndefined();
      outcomes.set(run_id, outcome);
    }
  };
  const all = [...queries.fires, ...queries.no_data];
  if (!asked.full && all.some(({ computesLabels }) => computesLabels)) return undefined;
  for (const tier of queries.fires) await ask(tier, tier.severity);
  for (const query of queries.no_data) await ask(query, "no data");
  return outcomes;
}

/** Compares every detector's queries over facts with its rule, and its what-if with the number of runs that fire. */
export async function expectFactsAgree(
  asked: Asked,
  runs: readonly AgreementRun[],
  judging: Judging,
  scope: Scope,
): Promise<void> {
  const ended = runs.filter(({ terminal }) => terminal !== undefined);
  for (const { type } of DETECTORS) {
    const expected = outcomesByRule(type, ended, judging);
    const found = await outcomesByFacts(asked, type, judging, scope);
    if (found !== undefined) {
      const wrong = disagreements(expected, found).map((one) => `${type} ${report(one, runs)}`);
      expect(wrong.slice(0, 1).join("\n"), `${wrong.length} disagreements`).toBe("");
    }
    await expectWhatIf(asked, type, ended, judging, scope, expected);
  }
}

async function expectWhatIf(
  asked: Asked,
  type: FailureType,
  runs: readonly AgreementRun[],
  judging: Judging,
  scope: Scope,
  expected: Outcomes,
): Promise<void> {
  for (const least of ["LOW", "MEDIUM", "HIGH"] as const) {
    const queries = whatIfQueries(type, { scope, ...judging, least, windowMs: WINDOW_MS });
    if (!asked.full && queries.some(({ computesLabels }) => computesLabels)) continue;
    const counts = new Map<string, number>();
    for (const { query } of queries) {
      for (const [agent, value] of await asked.values(query, "agent_id")) {
        expect(counts.has(agent), `${type}: ${agent} is in two answers`).toBe(false);
        counts.set(agent, value);
      }
    }
    const severities: readonly string[] = severitiesFrom(least);
    const fired = new Map<string, number>();
    for (const { run } of runs) {
      if (!severities.includes(expected.get(run.run_id) ?? "")) continue;
      fired.set(run.agent_id, (fired.get(run.agent_id) ?? 0) + 1);
    }
    expect(counts, `${type} from ${least}: ${queries.map(({ query }) => query).join("\n")}`).toEqual(fired);
  }
}
