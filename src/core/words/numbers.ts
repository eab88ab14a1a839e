import { dollars, duration } from "../detectors/words";
import type { FACT_FIELDS, Facts } from "../facts/facts";
import type { Micros } from "../wire";

export { dollars, duration };

/** What stands where something is not known. */
export const NO_DATA = "no data";
export const UNPRICED = "unpriced";
/** What stands where there is nothing to measure, such as the tokens of a run without LLM calls. */
export const NOTHING = "–";

/** `950`, `12.4k`, `1.2M`. */
export function count(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_950) return `${short(value / 1000)}k`;
  return `${short(value / 1_000_000)}M`;
}

const short = (value: number): string => value.toFixed(1).replace(/\.0$/, "");

/** A duration in one unit, for columns: `34 ms`, `1.2 s`, `3.3 min`, `1.2 h`. */
export function shortDuration(ms: number): string {
  if (ms < 59_950) return duration(ms);
  const minutes = ms / 60_000;
  return minutes < 59.95 ? `${short(minutes)} min` : `${short(minutes / 60)} h`;
}

/** A share as `8.2 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The cost of a run. Where some calls have no price the sum is the least it cost: `≥$0.12`. */
export function costOf(facts: Pick<Facts, "llm_calls" | "cost_usd" | "unpriced_llm_calls">): string {
  if (facts.llm_calls === 0) return NOTHING;
  if (facts.cost_usd === undefined) return facts.unpriced_llm_calls > 0 ? UNPRICED : NO_DATA;
  return `${facts.unpriced_llm_calls > 0 ? "≥" : ""}${dollars(facts.cost_usd)}`;
}

/** The tokens of a run; `≥` where some calls did not say theirs. */
export function tokensOf(facts: Pick<Facts, "llm_calls" | "total_tokens" | "unmetered_llm_calls">): string {
  if (facts.llm_calls === 0) return NOTHING;
  if (facts.total_tokens === undefined) return NO_DATA;
  return `${facts.unmetered_llm_calls > 0 ? "≥" : ""}${count(facts.total_tokens)}`;
}

/** `2026-11-20 10:00:41`, UTC. */
export function moment(time: Micros): string {
  return new Date(time / 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** `10:00:41`, UTC. */
export const clock = (time: Micros): string => moment(time).slice(11);

/** A fact's value in its unit. */
export function factValue(name: keyof typeof FACT_FIELDS, value: number | string): string {
  if (typeof value === "string") return value;
  if (name.endsWith("_ms")) return duration(value);
  if (name === "cost_usd") return dollars(value);
  if (name === "failure_share") return percent(value);
  if (name.endsWith("_tokens")) return count(value);
  return Number.isInteger(value) ? value.toLocaleString("en-US") : String(Math.round(value * 100) / 100);
}

/** For sorting: ascending, texts by code unit, so that the order is the same everywhere. */
export function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
