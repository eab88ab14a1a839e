import * as v from "valibot";
import { waitFor } from "../real";

const State = v.object({
  data: v.object({
    groups: v.array(
      v.object({
        name: v.string(),
        rules: v.array(
          v.object({
            name: v.string(),
            health: v.string(),
            lastError: v.optional(v.string()),
            lastEvaluation: v.string(),
          }),
        ),
      }),
    ),
  }),
});

export interface RuleState {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string | undefined;
  /** RFC 3339; long ago for a rule that was not evaluated yet. */
  readonly lastEvaluation: string;
}

/** What Loki's ruler says of its rules. */
export async function ruleStates(lokiUrl: string): Promise<RuleState[]> {
  const answer = await fetch(`${lokiUrl}/prometheus/api/v1/rules`);
  return v.parse(State, await answer.json()).data.groups.flatMap(({ rules }) => rules);
}

/** Resolves when the ruler has evaluated all of its rules after this moment, to what it says of them. */
export async function evaluatedAfter(lokiUrl: string, moment: number): Promise<RuleState[]> {
  let states: RuleState[] = [];
  return waitFor(
    async () => {
      states = await ruleStates(lokiUrl);
      return states.length > 0 && states.every((rule) => Date.parse(rule.lastEvaluation) > moment) ? states : undefined;
    },
    { deadlineMs: 60_000, everyMs: 250, what: () => `all rules to be evaluated: ${JSON.stringify(states)}` },
  );
}
