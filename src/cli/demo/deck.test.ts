import { describe, expect, it } from "vitest";
import { deckOf } from "./deck";
import { Random } from "./random";
import { runsOf, type Scenario } from "./scenario";
import { SCENARIOS } from "./scenarios";

const countOf = (deck: readonly Scenario[]): number => deck.reduce((sum, scenario) => sum + runsOf(scenario), 0);
const failures = SCENARIOS.filter(({ share }) => share === undefined);

describe("deckOf", () => {
  it.each([1, 2, 7, 60, 200, 503])("has %i runs", (size) => {
    expect(countOf(deckOf(size, SCENARIOS, new Random("deck")))).toBe(size);
  });

  it("has each failure once where there is room", () => {
    const deck = deckOf(120, SCENARIOS, new Random("deck"));
    for (const failure of failures) expect(deck.filter((scenario) => scenario === failure)).toHaveLength(1);
  });

  it("has the common among the usual ones more often", () => {
    const deck = deckOf(2000, SCENARIOS, new Random("deck"));
    const count = (name: string): number => deck.filter((scenario) => scenario.name === name).length;
    expect(count("answered-question")).toBeGreaterThan(3 * count("handed-over"));
  });

  it("repeats failures where there is nothing usual", () => {
    expect(countOf(deckOf(90, failures, new Random("deck")))).toBe(90);
  });

  it("stays below its size where no scenario fits", () => {
    const large = SCENARIOS.filter((scenario) => runsOf(scenario) === 3);
    expect(countOf(deckOf(10, large, new Random("deck")))).toBe(9);
  });
});

describe("scenarios", () => {
  it("have names of their own", () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
  });
});
