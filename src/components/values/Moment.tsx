import { dateTimeFormat } from "@grafana/data";
import { Tooltip } from "@grafana/ui";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { ageOf } from "./ago";

export interface MomentProps {
  /** ms */
  readonly at: number;
  /** Another time, told with the absolute one; ms. */
  readonly also?: { readonly title: string; readonly at: number } | undefined;
}

/** A time as "2 min ago", the absolute one on hover and focus. */
export function Moment({ at, also }: MomentProps) {
  const { now, timeZone } = useEnvironment();
  const absolute = (ms: number): string => dateTimeFormat(ms, { timeZone, defaultWithMS: true });
  return (
    <Tooltip content={also === undefined ? absolute(at) : `${absolute(at)} · ${also.title} ${absolute(also.at)}`}>
      <time dateTime={new Date(at).toISOString()}>{agoText(now() - at)}</time>
    </Tooltip>
  );
}

function agoText(ms: number): string {
  const { value, unit } = ageOf(ms);
  switch (unit) {
    case "s":
      return t("values.secondsAgo", "{{value}} s ago", { value });
    case "min":
      return t("values.minutesAgo", "{{value}} min ago", { value });
    case "h":
      return t("values.hoursAgo", "{{value}} h ago", { value });
    case "d":
      return t("values.daysAgo", "{{value}} d ago", { value });
  }
}
