import type { TimeSpan } from "../../logql/ask";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths that people count time in, ms. */
const NICE = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY),
];

function niceFrom(least: number): number {
  return NICE.find((step) => step >= least) ?? Math.ceil(least / (28 * DAY)) * 28 * DAY;
}

/** A bar with its gap, px: narrower ones can be neither told apart nor hit. */
const BAR_PX = 14;
const FEWEST = 12;
const MOST = 120;

/** Length of a bar, ms: a nice one, with as many bars as there is room for. */
export function barStep({ from, to }: TimeSpan, width: number): number {
  const bars = Math.min(MOST, Math.max(FEWEST, Math.floor(width / BAR_PX)));
  return niceFrom((to - from) / bars);
}

/** The span widened to whole bars, so that they stay where they are while the clock goes on. `offsetMs`: local time less UTC. */
export function wholeBars({ from, to }: TimeSpan, step: number, offsetMs = 0): TimeSpan {
  return {
    from: Math.floor((from + offsetMs) / step) * step - offsetMs,
    to: Math.ceil((to + offsetMs) / step) * step - offsetMs,
  };
}

/** Round times within the span, at most so many; in local time. */
export function timeTicks(span: TimeSpan, most: number, offsetMs = 0): number[] {
  const step = niceFrom((span.to - span.from) / Math.max(1, most));
  const ticks: number[] = [];
  for (let at = Math.ceil((span.from + offsetMs) / step) * step - offsetMs; at <= span.to; at += step) ticks.push(at);
  return ticks;
}

/** How a time on the axis reads, as a format of Grafana's dates. */
export function tickFormat({ from, to }: TimeSpan): string {
  const length = to - from;
  if (length <= 5 * MINUTE) return "HH:mm:ss";
  if (length <= 36 * HOUR) return "HH:mm";
  return length <= 8 * DAY ? "ddd HH:mm" : "MM-DD";
}

/** Whole numbers from 0 up to at least `top`, at most five of them, at equal distances. */
export function countTicks(top: number): number[] {
  const least = Math.max(1, top) / 4;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, ([1, 2, 5, 10].find((unit) => unit * power >= least) ?? 10) * power);
  return Array.from({ length: Math.ceil(Math.max(1, top) / step) + 1 }, (_, at) => at * step);
}
