import type { Run } from "../../core/run";

/** A stretch without any open call that is worth seeing, ms from the beginning. */
export interface GapBand {
  readonly start: number;
  readonly end: number;
  readonly ms: number;
  readonly user: boolean;
}

/** Shorter ones are the usual time between calls. */
const LEAST_MS = 500;
/** Nor is one drawn that takes less than this share of the run. */
const LEAST_SHARE = 0.02;

/** Waits for the user and long waits of the agent. */
export function gapBands(run: Run, origin: number, length: number): GapBand[] {
  return run.gaps
    .filter(({ ms }) => ms >= LEAST_MS && ms >= length * LEAST_SHARE)
    .map(({ start, end, ms, user }) => ({ start: (start - origin) / 1000, end: (end - origin) / 1000, ms, user }));
}
