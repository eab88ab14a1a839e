import type { Comparison } from "../../core/detectors";
import { count, dollars, percent, shortDuration } from "../../core/words";

/** A setting's name for people: `inflation factor`, `tool limit` of `tool_ms`. */
export function settingName(name: string): string {
  const words = name
    .replace(/_(secs|usd)$/, "")
    .replace(/^(tool|llm|gap)_ms$/, "$1_limit")
    .replace(/_ms$/, "");
  return words.replaceAll("_", " ").replace(/\bllm\b/, "LLM");
}

/**
 * A setting's value in its unit.
 *
 * @example settingValue("tool_ms", 15_000) // "15 s"
 */
export function settingValue(name: string, value: number | undefined): string {
  if (value === undefined) return "off";
  if (name.endsWith("_ms")) return shortDuration(value);
  if (name.endsWith("_secs")) return shortDuration(value * 1000);
  if (name.endsWith("_usd")) return dollars(value);
  if (name.endsWith("_factor")) return `${value} ×`;
  if (name === "share") return percent(value);
  return Number.isInteger(value) ? count(value) : String(value);
}

/** What a number input of a setting is counted in; undefined for plain numbers. */
export function settingUnit(name: string): string | undefined {
  if (name.endsWith("_ms")) return "ms";
  if (name.endsWith("_secs")) return "s";
  if (name.endsWith("_usd")) return "USD";
  if (name.endsWith("_factor")) return "×";
  return undefined;
}

const SIGNS: Readonly<Record<Comparison, string>> = { ">=": "≥", ">": ">", "<=": "≤", "<": "<" };

/** A threshold with how facts are compared with it: `≥ 4`. */
export function limitText(name: string, value: number, op: Comparison | undefined): string {
  return `${op === undefined ? "" : `${SIGNS[op]} `}${settingValue(name, value)}`;
}
