import type { Nanos } from "../../logql/api";

/** The time that is looked at. */
export interface Range {
  readonly start: Nanos;
  readonly end: Nanos;
  /** This clock. */
  readonly now: Nanos;
}

const NANOS_PER_MS = 1_000_000n;
/** Loki takes lines up to 10 min ahead of its own clock; those of agents whose clock is ahead are to be seen. */
const AHEAD_MS = 15 * 60_000;

/** @param now ms */
export function rangeUpTo(now: number, sinceMs: number): Range {
  return {
    start: BigInt(now - sinceMs) * NANOS_PER_MS,
    end: BigInt(now + AHEAD_MS) * NANOS_PER_MS,
    now: BigInt(now) * NANOS_PER_MS,
  };
}
