import type { Micros } from "../../core/wire";
import type { Nanos } from "../api";
import type { Scope } from "../builders";

/** What every reader is asked: lines with `start` ≤ ts < `end`. */
export interface ReadRequest {
  readonly start: Nanos;
  readonly end: Nanos;
  readonly scope?: Scope | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What readers need that tell running runs from stalled ones. */
export interface Clock {
  /** The wall clock. */
  readonly now: Nanos;
  /** A run without an event for this long is stalled, ms; 90 s by default. */
  readonly stallAfterMs?: number | undefined;
}

/** Why a result is not everything: more lines than asked for, or more in one nanosecond than Loki hands out. */
export interface Cut {
  readonly reason: "lines" | "instant";
  /** Lines on the far side of this time, or further ones at it, were not read. */
  readonly at: Nanos;
}

export const NANOS_PER_MS = 1_000_000n;
export const NANOS_PER_MICRO = 1000n;

export const microsOf = (time: Nanos): Micros => Number(time / NANOS_PER_MICRO);
export const nanosOf = (time: Micros): Nanos => BigInt(time) * NANOS_PER_MICRO;
export const msToNanos = (ms: number): Nanos => BigInt(Math.round(ms)) * NANOS_PER_MS;

/** The length of the asked time as the window of a metric query, ms: rounded up, so that nothing is left out. */
export function windowMsOf({ start, end }: Pick<ReadRequest, "start" | "end">): number {
  return Math.max(1, Number((end - start + NANOS_PER_MS - 1n) / NANOS_PER_MS));
}
