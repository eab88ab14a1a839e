import { SEVERITIES, type Severity } from "../../core/wire";
import type { SignalRateAnswer, TimeSpan } from "../../logql/ask";

type Series = SignalRateAnswer["series"][number];

/** Signals of a stretch of time. */
export interface Bar extends TimeSpan {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly total: number;
}

/** Most bars of one chart: wrong steps of an address must not fill the memory. */
const MOST_BARS = 2000;

/**
 * The bars of a span that begins and ends with a bar.
 *
 * @param series counts by severity; each point stands at the end of its bar
 */
export function barsOf(series: readonly Series[], { from, to }: TimeSpan, step: number): Bar[] {
  const length = Math.min(MOST_BARS, Math.max(0, Math.round((to - from) / step)));
  const counts = Array.from({ length }, () => ({ LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 }));
  for (const { severity, points } of series) {
    if (severity === undefined) continue;
    for (const { time, value } of points) {
      const bar = counts[barAt(time, from, step)];
      if (bar !== undefined && Number.isFinite(value)) bar[severity] += value;
    }
  }
  return counts.map((parts, at) => ({
    from: from + at * step,
    to: from + (at + 1) * step,
    counts: parts,
    total: SEVERITIES.reduce((sum, severity) => sum + parts[severity], 0),
  }));
}

/** The values of one series by bar: 0 where it has no point. */
export function valuesOf(points: Series["points"], { from, to }: TimeSpan, step: number): number[] {
  const values = new Array<number>(Math.min(MOST_BARS, Math.max(0, Math.round((to - from) / step)))).fill(0);
  for (const { time, value } of points) {
    const at = barAt(time, from, step);
    const before = values[at];
    if (before !== undefined && Number.isFinite(value)) values[at] = before + value;
  }
  return values;
}

function barAt(seconds: number, from: number, step: number): number {
  return Math.round((seconds * 1000 - from) / step) - 1;
}

/** The severities that occur, worst first. */
export function severitiesIn(bars: readonly Bar[]): Severity[] {
  return SEVERITIES.toReversed().filter((severity) => bars.some(({ counts }) => counts[severity] > 0));
}
