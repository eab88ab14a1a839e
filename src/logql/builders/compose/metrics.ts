import type { LogqlText } from "../../api";
import { durationText, numberText } from "./escape";
import { labelName } from "./selector";
import { labelIsNot, matches, pipeline, readable, unwrap, where } from "./stages";

export interface Window {
  /** How far back each point looks, ms. */
  readonly windowMs: number;
  /** How long before the point the window ends, ms; 0 by default. */
  readonly offsetMs?: number | undefined;
}

/** The functions over the numbers of a window that Loki does not group by themselves. */
export type SumFunction = "sum" | "max" | "min";
export type VectorFunction = "sum" | "max" | "min" | "avg" | "count";

function range({ windowMs, offsetMs = 0 }: Window): string {
  return `[${durationText(windowMs)}]${offsetMs === 0 ? "" : ` offset ${durationText(offsetMs)}`}`;
}

function byText(labels: readonly string[]): string {
  return `by (${labels.map(labelName).join(", ")})`;
}

/** Counts lines; those a parser cannot read are left out. */
export function countOverTime(lines: LogqlText, window: Window): LogqlText {
  const counted = lines.includes("| json ") ? pipeline(lines, readable()) : lines;
  return `count_over_time(${counted} ${range(window)})` as LogqlText;
}

/** The lines with a number, ready for a range aggregation. */
function numbers(lines: LogqlText, label: string, window: Window): string {
  return `${pipeline(lines, labelIsNot(label, ""), unwrap(label), readable())} ${range(window)}`;
}

/** Sum, maximum or minimum of a label over the lines of a window; lines without it are left out. */
export function overTime(fn: SumFunction, lines: LogqlText, label: string, window: Window): LogqlText {
  return `${fn}_over_time(${numbers(lines, label, window)})` as LogqlText;
}

/** What JSON writes for a number. */
const NUMBER = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

/**
 * Mean of a label over the lines of a window. Loki makes a sum and a count of it, and the count holds lines whose label is
 * no number: they are left out beforehand.
 */
export function averageOverTime(lines: LogqlText, label: string, window: Window, by: readonly string[]): LogqlText {
  const numeric = pipeline(lines, where(matches(label, NUMBER)));
  return `avg_over_time(${numbers(numeric, label, window)}) ${byText(by)}` as LogqlText;
}

/**
 * A quantile of a label over the lines of a window, with linear interpolation, exact over all of them.
 *
 * @param share 0 to 1
 * @throws RangeError when the share lies outside
 */
export function quantileOverTime(
  share: number,
  lines: LogqlText,
  label: string,
  window: Window,
  by: readonly string[],
): LogqlText {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A quantile lies between 0 and 1, not at ${share}`);
  return `quantile_over_time(${numberText(share)}, ${numbers(lines, label, window)}) ${byText(by)}` as LogqlText;
}

/** Aggregates the series of a metric; without labels into one. */
export function aggregate(fn: VectorFunction, metric: LogqlText, by: readonly string[] = []): LogqlText {
  return `${fn} ${byText(by)} (${metric})`.replace(" by () ", " ") as LogqlText;
}
