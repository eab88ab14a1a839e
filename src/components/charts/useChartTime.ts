import { dateTimeFormat, dateTimeForTimeZone } from "@grafana/data";
import { useEnvironment } from "../environment";

/** Local time of charts: how far it is from UTC, and how times read. */
export function useChartTime(): {
  readonly offsetMs: (at: number) => number;
  readonly format: (at: number, format?: string) => string;
} {
  const { timeZone } = useEnvironment();
  return {
    offsetMs: (at) => dateTimeForTimeZone(timeZone, at).utcOffset() * 60_000,
    format: (at, format) => dateTimeFormat(at, { timeZone, ...(format === undefined ? {} : { format }) }),
  };
}
