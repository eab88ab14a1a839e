const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** How long something is ago, in the largest whole unit. */
export interface Age {
  readonly value: number;
  readonly unit: "s" | "min" | "h" | "d";
}

/** The age of a time that was so many ms ago; what the clock of an agent puts ahead of ours is now. */
export function ageOf(ms: number): Age {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < MINUTE_S) return { value: seconds, unit: "s" };
  if (seconds < HOUR_S) return { value: Math.floor(seconds / MINUTE_S), unit: "min" };
  if (seconds < 2 * DAY_S) return { value: Math.floor(seconds / HOUR_S), unit: "h" };
  return { value: Math.floor(seconds / DAY_S), unit: "d" };
}
