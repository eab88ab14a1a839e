import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import { count, shortDuration } from "../../core/words";
import type { AnswerOf, TimeSpan } from "../../logql/ask";
import { useEnvironment } from "../environment";
import { useFilterLink } from "../filters";
import { t } from "../text";
import { ViewLink } from "../values";
import { wholeSeconds } from "./ago";
import { spanText } from "./deltas";

export interface AllWellProps {
  readonly totals: AnswerOf<"totals">;
  readonly span: TimeSpan;
  /** ms. */
  readonly newestRun: number | undefined;
}

/** "312 runs, no HIGH signal in 24 h. Last run 40 s ago": nothing is wrong, and how fresh that is. */
export function AllWell({ totals, span, newestRun }: AllWellProps) {
  const styles = useStyles2(stylesOf);
  const { now } = useEnvironment();
  const to = useFilterLink();
  const runs = Math.max(totals.started, totals.completed + totals.failed);
  const age = newestRun === undefined ? undefined : shortDuration(wholeSeconds(now() - newestRun));
  return (
    <div className={styles.box} role="status" data-testid="overview-all-well">
      <Icon name="check-circle" size="xl" className={styles.icon} />
      <span>
        <ViewLink className={styles.runs} to={to({ page: "runs" })}>
          {runs === 1 ? t("overview.oneRun", "1 run") : t("overview.runs", "{{count}} runs", { count: count(runs) })}
        </ViewLink>
        {t("overview.noHigh", ", no HIGH signal in {{span}}.", { span: spanText(span) })}{" "}
        {age !== undefined && t("overview.lastRun", "Last run {{age}} ago.", { age })}
      </span>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    display: "flex",
    alignItems: "center",
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    background: theme.colors.success.transparent,
    border: `1px solid ${theme.colors.success.borderTransparent}`,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.h5.fontSize,
  }),
  icon: css({ color: theme.colors.success.text, flex: "none" }),
  runs: css({ color: theme.colors.text.primary, textDecoration: "underline" }),
});
