import type { Micros } from "../core/wire";
import type { Timeline } from "./processState";

/** Tells the time in whole microseconds since the Unix epoch. */
export type Clock = () => Micros;

/** The wall clock is looked at once in this many ms; between, the monotonic clock tells the time. */
const CHECK_EVERY_MS = 1000;
/** How far the wall clock must be ahead before it is followed, ms: below that it is jitter. */
const TOLERANCE_MS = 100;

/** Where the system clock reads from; replaced in tests. */
export interface TimeSource {
  /** ms since the Unix epoch. */
  wall(): number;
  /** ms that only ever grow, with a fraction. */
  monotonic(): number;
}

const SYSTEM: TimeSource = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * The wall clock with microseconds: anchored to it once, then carried on by the monotonic clock, so that latencies are
 * exact. When the wall clock runs ahead (the machine slept, the time was set) the anchor follows. A step back is not
 * followed: times within a process must rise, and Loki takes lines up to ten minutes in the future.
 *
 * @example
 * const clock = systemClock();
 * clock(); // 1795168800123456
 */
export function systemClock(source: TimeSource = SYSTEM): Clock {
  let checkedAt = source.monotonic();
  let anchor = source.wall() - checkedAt;
  return () => {
    let monotonic = source.monotonic();
    if (monotonic - checkedAt >= CHECK_EVERY_MS) {
      // The wall clock first: read second, a pause in between would look like a jump ahead.
      const wall = source.wall();
      monotonic = source.monotonic();
      checkedAt = monotonic;
      if (wall - (anchor + monotonic) > TOLERANCE_MS) anchor = wall - monotonic;
    }
    return Math.floor((anchor + monotonic) * 1000);
  };
}

/**
 * Makes a clock given by the user safe: what it tells is rounded down to whole microseconds, and when it throws or tells
 * no sensible time the system clock answers.
 */
export function guardedClock(clock: Clock, fallback: Clock = systemClock()): Clock {
  return () => {
    try {
      const now = Math.floor(clock());
      return now >= 0 && now <= Number.MAX_SAFE_INTEGER ? now : fallback();
    } catch {
      // A broken clock must not break the agent.
      return fallback();
    }
  };
}

/** Reserves the next `ts` of a timeline: `wanted`, or later where needed so that times rise strictly. */
export function reserveTs(timeline: Timeline, wanted: Micros): Micros {
  const earliest = timeline.lastTs + 1;
  timeline.lastTs = wanted > earliest ? wanted : earliest;
  return timeline.lastTs;
}
