/** Test support: random facts, mostly small, so that rules fire often and near their thresholds. */
import fc from "fast-check";
import type { Facts } from "../facts/facts";
import { FACT_FIELDS, FACT_NAMES, FIRST_FAILURE_KINDS } from "../facts/facts";
import { testFacts } from "./testFacts";

function arbitraryOf(name: keyof Facts): fc.Arbitrary<number | string> {
  if (name === "first_failure_kind") return fc.constantFrom(...FIRST_FAILURE_KINDS);
  const { kind } = FACT_FIELDS[name];
  if (kind === "string") return fc.constantFrom("web_search", "lookup_order");
  if (kind === "number") return fc.double({ min: 0, max: 8, noNaN: true });
  if (name.endsWith("_ms")) return fc.nat(400_000);
  return name.endsWith("_tokens") || name.startsWith("context_") || name.startsWith("args_")
    ? fc.nat(80_000)
    : fc.nat(10);
}

/** Facts of any run: optional ones may be unknown. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .record(Object.fromEntries(FACT_NAMES.map((name) => [name, arbitraryOf(name)])), { requiredKeys: [] })
  .map((facts) => testFacts(facts as Partial<Facts>));
