import { duration } from "../../core/words";
import type { TimeWindow } from "./window";

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Round distances, ms. */
const DISTANCES = [
  ...[1, 10, 100, SECOND, 10 * SECOND].flatMap((power) => [power, 2 * power, 5 * power]).filter((ms) => ms < MINUTE),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * HOUR),
];
/** A tick with its label takes at least this, px. */
const LEAST_DISTANCE = 90;

/** Ticks at round times, as many as the width has room for. */
export function ticksOf({ from, to }: TimeWindow, width: number): Tick[] {
  const most = Math.max(1, Math.floor(width / LEAST_DISTANCE));
  const distance = DISTANCES.find((ms) => (to - from) / ms <= most) ?? (to - from) / most;
  const ticks: Tick[] = [];
  for (let n = Math.ceil(from / distance); n * distance <= to; n++) {
    ticks.push({ at: n * distance, label: tickLabel(n * distance, distance) });
  }
  return ticks;
}

/** As precise as the distance asks for: `1.25 s`, `40 ms`, `1 min 30 s`. */
export function tickLabel(at: number, distance: number): string {
  if (at === 0) return "0 s";
  if (at < SECOND) return `${Math.round(at)} ms`;
  if (at >= MINUTE && distance >= SECOND) return duration(Math.round(at));
  const decimals = distance >= SECOND ? 0 : Math.max(0, 3 - Math.floor(Math.log10(distance)));
  if (at < MINUTE) return `${(at / SECOND).toFixed(decimals)} s`;
  const minutes = Math.floor(at / MINUTE);
  return `${minutes} min ${((at - minutes * MINUTE) / SECOND).toFixed(decimals)} s`;
}
