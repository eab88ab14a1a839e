import type { LogqlText } from "../api";
import { numberText, quoted, regexOf } from "../builders/compose/escape";
import { labelName } from "../builders/compose/selector";
import { type Condition, type Stage, where } from "../builders/compose/stages";

/**
 * Gives labels new names, or values made by Go templates. Alerts need it: the labels of their instances have names of
 * the wire, and a rename also holds where Loki carries one of these names already.
 *
 * @param values a template, which must not hold text of outside
 */
export function labelFormat(
  names: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>> = {},
): Stage {
  const renamed = Object.entries(names).map(([to, from]) => `${labelName(to)}=${labelName(from)}`);
  const made = Object.entries(values).map(([to, template]) => `${labelName(to)}=${quoted(template)}`);
  return `| label_format ${[...renamed, ...made].join(", ")}` as Stage;
}

/** The label is none of the values. */
export function noneOf(label: string, values: readonly string[]): Condition {
  return `${labelName(label)}!~${quoted(values.map(regexOf).join("|"))}` as Condition;
}

export const labelNotIn = (label: string, values: readonly string[]): Stage => where(noneOf(label, values));

export function both(a: Condition, b: Condition): Condition {
  return `(${a} and ${b})` as Condition;
}

/** For a label that is known to be there: a number filter on an empty one leaves an error on the line. */
export function numberIsAtLeast(label: string, least: number): Condition {
  return `${labelName(label)} >= ${numberText(least)}` as Condition;
}

/** Of each group the series with the highest value, with all its labels. */
export function highestBy(labels: readonly string[], metric: LogqlText): LogqlText {
  return `topk by (${labels.map(labelName).join(", ")}) (1, ${metric})` as LogqlText;
}

/**
 * The last number of a label over the lines of a window, per group. Loki neither splits nor shards it, so that an
 * aggregation around it may have any number of groups inside without meeting `max_query_series`.
 */
export function lastOverTime(lines: LogqlText, label: string, window: string, by: readonly string[]): LogqlText {
  const name = labelName(label);
  return `last_over_time(${lines} | unwrap ${name} | __error__="" [${window}]) by (${by.map(labelName).join(", ")})` as LogqlText;
}

/** All series of the first, and those of the next whose labels are new. */
export function anyMetric(metrics: readonly LogqlText[]): LogqlText {
  return metrics.join(" or ") as LogqlText;
}

/** The series of the first for whose labels the second has none. */
export function unless(metric: LogqlText, other: LogqlText, on: readonly string[]): LogqlText {
  return `${metric} unless on (${on.map(labelName).join(", ")}) ${other}` as LogqlText;
}

/** The series of the first less those of the second, which counts as 0 where it has none; only what stays above 0. */
export function excess(metric: LogqlText, other: LogqlText, on: readonly string[]): LogqlText {
  const labels = on.map(labelName).join(", ");
  return `(${metric} - on (${labels}) (${other} or on (${labels}) ${metric} * 0)) > 0` as LogqlText;
}

/** The series above a number. */
export function above(metric: LogqlText, least: number): LogqlText {
  return `${metric} > ${numberText(least)}` as LogqlText;
}
