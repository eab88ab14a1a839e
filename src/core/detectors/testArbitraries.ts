/** Test support: random facts, mostly small, so that rules fire often and near their thresholds. */
import fc from "fast-check";
import type { Baseline } from "../baselines/baseline";
import type { Facts } from "../facts/facts";
import { FACT_FIELDS, FACT_NAMES, FIRST_FAILURE_KINDS } from "../facts/facts";
import type { Thresholds } from "./detector";
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

/** Baselines of which some facts may be missing. */
export const arbitraryBaseline: fc.Arbitrary<Baseline> = fc.record(
  {
    steps: fc.double({ min: 0, max: 6, noNaN: true }),
    active_ms: fc.nat(200_000),
    slowest_tool_ms: fc.nat(60_000).map((quarters) => quarters / 4),
    slowest_llm_ms: fc.nat(240_000).map((quarters) => quarters / 4),
    slowest_gap_ms: fc.nat(240_000).map((quarters) => quarters / 4),
    context_growth: fc.double({ min: 0, max: 4, noNaN: true }),
    total_tokens: fc.nat(40_000),
    turn_calls_max: fc.double({ min: 0, max: 4, noNaN: true }),
  },
  { requiredKeys: [] },
);

/** Settings of a detector around its defaults; what is off there may be on. */
export function arbitraryThresholds<T extends Thresholds>(defaults: T): fc.Arbitrary<T> {
  const settings = Object.entries(defaults).map(([key, value]) => [key, arbitrarySetting(value)] as const);
  return fc.record(Object.fromEntries(settings)).map((changed) => ({ ...defaults, ...changed }));
}

function arbitrarySetting(value: number | undefined): fc.Arbitrary<number | undefined> {
  const small = fc.integer({ min: 1, max: 6 });
  if (value === undefined) return fc.option(fc.double({ min: -2, max: 6, noNaN: true }), { nil: undefined });
  const near = fc.integer({ min: 1, max: 12 }).map((eighths) => (value * eighths) / 8 || 1);
  return fc.oneof(fc.constant(value), near, small);
}
