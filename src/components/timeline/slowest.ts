import type { TimelineItem } from "./item";

/** The call that took longest, waits for people and spans left out; undefined when none took `leastMs`. */
export function slowestItem(items: readonly TimelineItem[], leastMs: number): TimelineItem | undefined {
  let slowest: TimelineItem | undefined;
  for (const item of items) {
    if (item.step === undefined || item.step.human || item.duration_ms < leastMs) continue;
    if (item.duration_ms > (slowest?.duration_ms ?? 0)) slowest = item;
  }
  return slowest;
}
