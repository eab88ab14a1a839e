import { css } from "@emotion/css";
import { dateTimeFormat, dateTimeFormatTimeAgo, type GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { FramedSignal } from "../frames/signalsFromFrames";
import { t } from "../text";

export interface AboutSignalProps {
  readonly signal: FramedSignal;
  readonly timeZone: string;
}

/** Whose signal it is: agent, run with its links, and when. */
export function AboutSignal({ signal, timeZone }: AboutSignalProps) {
  const styles = useStyles2(stylesOf);
  const { agent_id, run_id, at, links } = signal;
  return (
    <span className={styles.about}>
      {agent_id !== undefined && (
        <span className={styles.agent} title={agent_id}>
          {agent_id}
        </span>
      )}
      {links.map(({ href, title, isExternal }) => (
        <a
          key={`${title} ${href}`}
          className={styles.link}
          href={href}
          title={run_id}
          {...(isExternal ? { target: "_blank", rel: "noreferrer" } : {})}
        >
          {title === "" ? t("signalList.run", "run {{id}}", { id: run_id.slice(0, 8) }) : title}
        </a>
      ))}
      {at !== undefined && (
        <time dateTime={isoOf(at)} title={dateTimeFormat(at, { timeZone })}>
          {dateTimeFormatTimeAgo(at, { timeZone })}
        </time>
      )}
    </span>
  );
}

/** Undefined for numbers that are no time: frames come from anywhere. */
function isoOf(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const stylesOf = (theme: GrafanaTheme2) => ({
  about: css({
    display: "inline-flex",
    flexWrap: "wrap",
    gap: theme.spacing(0, 1),
    minWidth: 0,
    color: theme.colors.text.secondary,
  }),
  agent: css({
    color: theme.colors.text.primary,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    maxWidth: "32ch",
  }),
  link: css({ color: theme.colors.text.link, "&:hover, &:focus-visible": { textDecoration: "underline" } }),
});
