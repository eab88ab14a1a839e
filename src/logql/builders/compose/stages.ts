import type { LogqlText } from "../../api";
import { jsonEscaped, needleOf, numberText, quoted, regexOf, regexOfAny } from "./escape";
import { labelName } from "./selector";

declare const isStage: unique symbol;
/** One stage of a log pipeline, values escaped; a stage that would filter nothing is "". */
export type Stage = string & { readonly [isStage]: true };
declare const isCondition: unique symbol;
/** A label filter without its bar, for `anyOf` and `where`. */
export type Condition = string & { readonly [isCondition]: true };

export type Comparison = ">" | ">=" | "<" | "<=" | "==" | "!=";
/** A path into the line: keys joined by dots, or a list of keys where they come from outside. */
export type JsonPath = string | readonly string[];

const stage = (text: string): Stage => text as Stage;
const condition = (text: string): Condition => text as Condition;

/** Lines that hold the text, letter by letter. */
export function contains(text: string): Stage {
  return stage(text === "" ? "" : `|= ${quoted(text)}`);
}

/** Lines that do not hold the text, letter by letter. */
export function lacks(text: string): Stage {
  return stage(text === "" ? "" : `!= ${quoted(text)}`);
}

/** Lines that may hold the text as a JSON string: the needle that goes first, an exact label filter follows. */
export function containsValue(text: string): Stage {
  return contains(needleOf(text));
}

/** Lines that hold any of the texts as they stand in JSON. */
export function containsAny(texts: readonly string[]): Stage {
  const needles = texts.map(needleOf);
  if (needles.length === 0 || needles.includes("")) return stage("");
  const [only, ...more] = needles;
  if (only !== undefined && more.length === 0) return contains(only);
  return stage(`|~ ${quoted(needles.map(regexOf).join("|"))}`);
}

/** Lines that hold the text as it stands in JSON, in upper or lower case: what somebody typed into a search box. */
export function search(text: string): Stage {
  return stage(text === "" ? "" : `|~ ${quoted(`(?i)${regexOf(jsonEscaped(text))}`)}`);
}

/**
 * Takes fields out of the line under names of their own. Names of the wire (`run_id`) are not used, because Loki renames
 * what clashes with a label.
 *
 * @example json({ rid: "run_id" }) // | json rid="run_id"
 */
export function json(fields: Readonly<Record<string, JsonPath>>): Stage {
  const parts = Object.entries(fields).map(([alias, path]) => `${labelName(alias)}=${quoted(pathText(path))}`);
  return stage(parts.length === 0 ? "" : `| json ${parts.join(", ")}`);
}

const PLAIN_PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const PLAIN_KEY = /^[A-Za-z_]\w*$/;

/** @throws RangeError for a key that Loki's path syntax cannot name */
function pathText(path: JsonPath): string {
  if (typeof path !== "string") return path.map(keyText).join("").replace(/^\./, "");
  if (PLAIN_PATH.test(path)) return path;
  throw new RangeError(`${JSON.stringify(path)} is no plain path; give the keys as a list`);
}

function keyText(key: string): string {
  if (PLAIN_KEY.test(key)) return `.${key}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Loki's path syntax has no escapes
  if (key !== "" && !/["\]\\\u0000-\u001f]/.test(key)) return `["${key}"]`;
  throw new RangeError(`Loki cannot look up the key ${JSON.stringify(key)}: it holds a quote, bracket or backslash`);
}

/** The label is exactly the value. */
export function is(label: string, value: string): Condition {
  return condition(`${labelName(label)}=${quoted(value)}`);
}

export function isNot(label: string, value: string): Condition {
  return condition(`${labelName(label)}!=${quoted(value)}`);
}

/** The whole label matches a regular expression of RE2, whose parts the caller has escaped with `regexOf`. */
export function matches(label: string, regex: string): Condition {
  return condition(`${labelName(label)}=~${quoted(regex)}`);
}

/** The label is one of the values; of an empty list it is none. */
export function isOneOf(label: string, values: readonly string[]): Condition {
  const [first, ...more] = values;
  if (first !== undefined && more.length === 0) return is(label, first);
  return matches(label, values.length === 0 ? "[^\\s\\S]" : regexOfAny(values));
}

/** One of the conditions holds. Without any: nothing passes, so do not call it without. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return condition(conditions.length === 1 ? conditions.join("") : `(${conditions.join(" or ")})`);
}

/** A label filter as a stage. */
export function where(filter: Condition): Stage {
  return stage(`| ${filter}`);
}

export const labelIs = (label: string, value: string): Stage => where(is(label, value));
export const labelIsNot = (label: string, value: string): Stage => where(isNot(label, value));
export const labelIn = (label: string, values: readonly string[]): Stage => where(isOneOf(label, values));

/**
 * Compares a number inside the pipeline. Lines without it are dropped first: a number filter on an empty value keeps the
 * line with an error, and the whole query fails.
 *
 * @example numberIs("n", ">=", 3) // | n != "" | n >= 3
 */
export function numberIs(label: string, op: Comparison, value: number): Stage {
  const name = labelName(label);
  return stage(`| ${name}!="" | ${name} ${op} ${numberText(value)}`);
}

/** Drops lines that a stage before could not read; without it one broken line makes Loki refuse a metric query. */
export function readable(): Stage {
  return stage('| __error__=""');
}

/** The number a range aggregation works on. */
export function unwrap(label: string): Stage {
  return stage(`| unwrap ${labelName(label)}`);
}

/** A log query: a selector and what its lines go through. */
export function pipeline(selector: LogqlText, ...stages: readonly Stage[]): LogqlText {
  return [selector, ...stages].filter((part) => part !== "").join(" ") as LogqlText;
}
