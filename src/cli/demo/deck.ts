import type { Random } from "./random";
import { runsOf, type Scenario } from "./scenario";

/** Picks one of the scenarios, common ones more often; failures count as rare. */
function pickByShare(scenarios: readonly Scenario[], random: Random): Scenario | undefined {
  const total = scenarios.reduce((sum, { share = 1 }) => sum + share, 0);
  let left = random.next() * total;
  return scenarios.find(({ share = 1 }) => {
    left -= share;
    return left < 0;
  });
}

/**
 * Chooses scenarios that have so many runs together: each failure once as far as there is room, the rest usual work.
 *
 * @param size runs; when no scenario is small enough for the last ones there are fewer
 * @returns the scenarios in a random order
 */
export function deckOf(size: number, scenarios: readonly Scenario[], random: Random): Scenario[] {
  const failures = random.shuffled(scenarios.filter(({ share }) => share === undefined));
  const usual = scenarios.filter(({ share }) => share !== undefined);
  const deck: Scenario[] = [];
  let left = size;
  const take = (scenario: Scenario): void => {
    if (runsOf(scenario) > left) return;
    deck.push(scenario);
    left -= runsOf(scenario);
  };
  for (const failure of failures) take(failure);
  while (left > 0) {
    const fitting = (usual.length > 0 ? usual : failures).filter((scenario) => runsOf(scenario) <= left);
    const scenario = pickByShare(fitting, random);
    if (scenario === undefined) break;
    take(scenario);
  }
  return random.shuffled(deck);
}
