import { dateTimeFormat, dateTimeFormatTimeAgo } from "@grafana/data";
import { Tooltip } from "@grafana/ui";
import { useEnvironment } from "../environment";

/** A time as "2 minutes ago", the absolute one on hover and focus. */
export function Moment({ at }: { /** ms */ readonly at: number }) {
  const { timeZone } = useEnvironment();
  const absolute = dateTimeFormat(at, { timeZone, defaultWithMS: true });
  return (
    <Tooltip content={absolute}>
      <time dateTime={new Date(at).toISOString()}>{dateTimeFormatTimeAgo(at, { timeZone })}</time>
    </Tooltip>
  );
}
