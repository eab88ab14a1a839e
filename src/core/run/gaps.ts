import type { FactEvent } from "../facts/event";
import { microsToMillis } from "../wire/time";
import type { Gap, Step } from "./run";

/** Stretches of at least 1 ms between neighbouring events in which no call was open. */
export function findGaps(events: readonly FactEvent[], steps: readonly Step[]): Gap[] {
  const gaps: Gap[] = [];
  const byStart = [...steps].sort((a, b) => a.start - b.start);
  let next = 0;
  let busyUntil = Number.NEGATIVE_INFINITY;
  for (let at = 1; at < events.length; at++) {
    const before = events[at - 1];
    const event = events[at];
    if (before === undefined || event === undefined) continue;
    for (let step = byStart[next]; step !== undefined && step.start <= before.time; step = byStart[++next]) {
      busyUntil = Math.max(busyUntil, step.end);
    }
    if (event.time - before.time < 1000 || busyUntil > before.time) continue;
    const ms = microsToMillis(event.time - before.time);
    const user = event.event_type === "input.received";
    gaps.push({ after_step: before.step_index, start: before.time, end: event.time, ms, user });
  }
  return gaps;
}
