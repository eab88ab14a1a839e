import { dateMath, dateTime, makeTimeRange, type RawTimeRange, type TimeRange } from "@grafana/data";
import { useCallback, useMemo } from "react";
import type { TimeSpan } from "../../logql/ask";
import { useEnvironment } from "./environment";

export const DEFAULT_RANGE = { from: "now-24h", to: "now" } as const;

/** A time as URLs carry it: `now-6h`, ms since the epoch, or a date. Undefined when it is none. */
function instantOf(text: string, roundUp: boolean, timeZone: string): number | undefined {
  const parsed = /^-?\d{9,}$/.test(text)
    ? dateTime(Number(text))
    : dateMath.toDateTime(text, { roundUp, timezone: timeZone });
  return parsed?.isValid() === true ? parsed.valueOf() : undefined;
}

/** The ends of a range in ms, now; an end that cannot be read is that of the default. */
export function spanOf(raw: { readonly from: string; readonly to: string }, now: number, timeZone: string): TimeSpan {
  const at = (text: string, fallback: string, roundUp: boolean): number =>
    relativeTo(text, roundUp, timeZone, now) ?? relativeTo(fallback, roundUp, timeZone, now) ?? now;
  const from = at(raw.from, DEFAULT_RANGE.from, false);
  const to = at(raw.to, DEFAULT_RANGE.to, true);
  return from < to ? { from, to } : { from: to, to: from + 1 };
}

function relativeTo(text: string, roundUp: boolean, timeZone: string, now: number): number | undefined {
  // A little ahead of now, because the clocks of agents are.
  if (text === "now") return now + (roundUp ? AHEAD_MS : 0);
  return instantOf(text, roundUp, timeZone);
}

const AHEAD_MS = 2000;

/** Whether the range moves along with the clock. */
export function isRelative(raw: { readonly to: string }): boolean {
  return raw.to.includes("now");
}

/** A time as a URL carries it. */
function paramOf(value: RawTimeRange["from"]): string {
  return typeof value === "string" ? value : String(value.valueOf());
}

export interface RangeState {
  readonly raw: { readonly from: string; readonly to: string };
  /** The ends as of now. */
  readonly span: () => TimeSpan;
  /** For Grafana's time picker. */
  readonly value: TimeRange;
  readonly set: (range: RawTimeRange) => void;
}

/** The time range of the URL. */
export function useTimeRange(): RangeState {
  const { location, navigate, now, timeZone } = useEnvironment();
  const { from = DEFAULT_RANGE.from, to = DEFAULT_RANGE.to } = location.params;
  const span = useCallback(() => spanOf({ from, to }, now(), timeZone), [from, to, now, timeZone]);
  const value = useMemo(() => {
    const ends = span();
    const range = makeTimeRange(dateTime(ends.from), dateTime(ends.to));
    return isRelative({ to }) || from.includes("now") ? { ...range, raw: { from, to } } : range;
  }, [span, from, to]);
  const set = useCallback(
    (range: RawTimeRange) =>
      navigate({ ...location, params: { ...location.params, from: paramOf(range.from), to: paramOf(range.to) } }),
    [location, navigate],
  );
  return useMemo(() => ({ raw: { from, to }, span, value, set }), [from, to, span, value, set]);
}
