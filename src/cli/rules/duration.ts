import { InvalidArgumentError } from "commander";

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** A parser for a length of time such as 90s, 30m or 2h, in ms, from `least` to `most` inclusive. */
export function duration(least: string, most: string): (text: string) => number {
  const range = [msOf(least), msOf(most)] as const;
  return (text) => {
    const ms = msOf(text);
    if (!(ms >= range[0] && ms <= range[1])) {
      throw new InvalidArgumentError(`It must be a time from ${least} to ${most}, such as 90s or 30m.`);
    }
    return ms;
  };
}

/** NaN for what is no time. */
function msOf(text: string): number {
  const [, digits, unit = ""] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  return Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
}
