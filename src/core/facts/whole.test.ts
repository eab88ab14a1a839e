import { expect, it } from "vitest";
import { emptyFacts } from "./emptyFacts";
import { FACTS_VERSION } from "./facts";
import { wholeFacts } from "./whole";

it("takes the facts of this version, optional ones missing", () => {
  const { cost_usd: _, ...facts } = emptyFacts();
  expect(wholeFacts(facts, FACTS_VERSION)).toBe(facts);
});

it("takes no others", () => {
  const { steps: _, ...facts } = emptyFacts();
  expect(wholeFacts(facts, FACTS_VERSION)).toBeUndefined();
  expect(wholeFacts(emptyFacts(), FACTS_VERSION + 1)).toBeUndefined();
  expect(wholeFacts(emptyFacts(), undefined)).toBeUndefined();
  expect(wholeFacts(undefined, FACTS_VERSION)).toBeUndefined();
});
