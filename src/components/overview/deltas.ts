import type { TimeSpan } from "../../logql/ask";

/** A number against that of the time before. */
export interface Delta {
  readonly direction: "up" | "down" | "same";
  /** How much it is more or less, never negative. */
  readonly by: number;
  /** The same as a share of what it was; undefined where that was nothing. */
  readonly share: number | undefined;
}

/** Undefined where one of the two is not known. */
export function deltaOf(now: number | undefined, before: number | undefined): Delta | undefined {
  if (now === undefined || before === undefined || !Number.isFinite(now - before)) return undefined;
  const by = Math.abs(now - before);
  return {
    direction: now > before ? "up" : now < before ? "down" : "same",
    by,
    share: before === 0 ? undefined : by / Math.abs(before),
  };
}

/** The span of the same length before. */
export function spanBefore({ from, to }: TimeSpan): TimeSpan {
  return { from: from - (to - from), to: from };
}

const UNITS = [
  ["day", 86_400_000, 2],
  ["h", 3_600_000, 1],
  ["min", 60_000, 1],
  ["s", 1000, 0],
] as const;

/** How long a span is, for people: "7 days", "24 h", "30 min". */
export function spanText({ from, to }: TimeSpan): string {
  const ms = to - from;
  for (const [unit, length, least] of UNITS) {
    const value = Math.round((ms / length) * 10) / 10;
    if (value < least) continue;
    // Ranges up to now end a little ahead of it.
    const shown = Math.abs(value - Math.round(value)) < 0.15 ? Math.round(value) : value;
    return unit === "day" ? `${shown} days` : `${shown} ${unit}`;
  }
  return "0 s";
}
