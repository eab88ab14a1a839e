import { FACT_FIELDS, FACT_NAMES, FACTS_VERSION, type FactName, type Facts } from "./facts";

const REQUIRED: readonly FactName[] = FACT_NAMES.filter((name) => !FACT_FIELDS[name].optional);

/** Facts as a terminal line states them: some may be missing. */
type StatedFacts = { readonly [F in FactName]?: Facts[F] | undefined };

/**
 * The facts of a terminal line, where they are those of this version and none is missing: then they are what a rebuild of
 * the run gives.
 */
export function wholeFacts(facts: StatedFacts | undefined, facts_v: number | undefined): Facts | undefined {
  return facts !== undefined && facts_v === FACTS_VERSION && hasAll(facts) ? facts : undefined;
}

function hasAll(facts: StatedFacts): facts is Facts {
  return REQUIRED.every((name) => facts[name] !== undefined);
}
