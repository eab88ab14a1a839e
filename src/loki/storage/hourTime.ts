/** Nanoseconds of an hour, which is what one file of lines holds. */
export const HOUR_NS = 3_600_000_000_000n;
const HOUR_MS = 3_600_000;

/** `2026-11-20T10`, the name of the files of an hour, which is counted from the epoch. */
export function hourName(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString().slice(0, 13);
}

/** The hour with this name, or undefined when it is none. */
export function hourNumber(name: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d$/.test(name) ? Date.parse(`${name}:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time / HOUR_MS;
}
