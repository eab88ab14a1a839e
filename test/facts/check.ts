import { expect } from "vitest";
import type { Facts } from "../../src/core/facts/facts";
import { differencesOf, showDifferences } from "./compare";
import { shrink } from "./shrink";

/** What differs, as text for people; undefined when nothing does. */
export type Check<T> = (input: readonly T[]) => string | undefined;

/** Fails with the seed and the smallest part of the input that still differs. */
export function expectAgreement<T>(
  seed: number,
  input: readonly T[],
  check: Check<T>,
  show: (input: readonly T[]) => string,
): void {
  if (check(input) === undefined) return;
  const small = shrink(input, (fewer) => check(fewer) !== undefined);
  expect.fail(`seed ${seed}\n${check(small)}\n${show(small)}`);
}

export function compareFacts(expected: Facts, got: Facts): string | undefined {
  const differences = differencesOf(expected, got);
  return differences.length === 0 ? undefined : showDifferences(differences);
}
