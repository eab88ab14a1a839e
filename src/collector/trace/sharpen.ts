import type { Micros } from "../../core/wire";
import type { Call } from "./calls";

/** Node's tracers give the start of a span in whole ms; its end is that start and the exact time it took. µs. */
const COARSE = 1000;
/** Of the calls that ended within one ms so many are looked at: a hostile trace may have thousands. */
const NEAR = 64;

interface Placed {
  readonly call: Call;
  /** As it was sent. */
  readonly start: Micros;
}

/**
 * Puts calls behind those that ended within the ms to which their start was cut: a tool follows the model that asked for it,
 * and the model is asked again once its tools have answered.
 */
export function sharpen(calls: readonly Call[]): void {
  const inOrder = calls.map((call): Placed => ({ call, start: call.start }));
  inOrder.sort((a, b) => a.start - b.start || a.call.end - b.call.end || a.call.node.order - b.call.node.order);
  const byEnd: Placed[] = [];
  for (const one of inOrder) {
    if (one.start % COARSE === 0) {
      const before = lastBefore(one, byEnd);
      if (before !== undefined) move(one.call, before.call.end);
    }
    byEnd.splice(countUntil(byEnd, one.call.end), 0, one);
  }
}

/** The call that ended last within the ms, of those that this one followed. */
function lastBefore(one: Placed, byEnd: readonly Placed[]): Placed | undefined {
  const last = countUntil(byEnd, one.start + COARSE - 1) - 1;
  for (let at = last; at > last - NEAR; at--) {
    const other = byEnd[at];
    if (other === undefined || other.call.end <= one.start) return undefined;
    if (isBefore(other, one)) return other;
  }
  return undefined;
}

/** Of calls of two kinds side by side one follows the other; others may go on at once, and the longer one ends later. */
function isBefore(other: Placed, one: Placed): boolean {
  const isBeside = other.call.node.parent === one.call.node.parent && other.call.kind !== one.call.kind;
  return isBeside || (other.start < one.start && other.call.end < one.call.end);
}

/** A call that would end before it starts took less than the ms: its end was cut with its start. */
function move(call: Call, start: Micros): void {
  if (call.end <= start) call.end += start - call.start;
  call.start = start;
}

/** How many of the calls, by their end, end at a time or before it. */
function countUntil(byEnd: readonly Placed[], time: Micros): number {
  let low = 0;
  let high = byEnd.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byEnd[middle]?.call.end ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
