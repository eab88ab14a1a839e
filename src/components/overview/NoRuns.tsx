import { css } from "@emotion/css";
import { dateTime, type GrafanaTheme2 } from "@grafana/data";
import { Button, ClipboardButton, LinkButton, useStyles2 } from "@grafana/ui";
import { useAsk, useEnvironment, useTimeRange } from "../environment";
import { Empty, Loading } from "../states";
import { t } from "../text";
import { Moment } from "../values";

/** Loki answers nothing longer than 30 days and an hour by default. */
const LOOK_BACK_MS = 30 * 86_400_000;
const AROUND_MS = 3_600_000;

/** No run in the time asked for: where the newest one is, or how a first one gets here. */
export function NoRuns() {
  const { source, firstSteps, now } = useEnvironment();
  const styles = useStyles2(stylesOf);
  const { set } = useTimeRange();
  const before = useAsk(
    "freshness",
    ({ to }) => {
      // Up to now, whatever time the address asks for; 0 stands for "apart from its time".
      const end = to === 0 ? 0 : Math.max(to, now());
      return { range: { from: end - LOOK_BACK_MS, to: end } };
    },
    { once: true },
  );
  const newest = before.data?.newest_run ?? before.data?.newest;
  if (before.data === undefined && before.error === undefined) return <Loading rows={2} />;
  if (newest !== undefined) {
    return (
      <Empty title={t("overview.noneInTime", "No run in this time")} icon="clock-nine">
        <p>
          {t("overview.newestIs", "The newest one:")} <Moment at={newest} />
        </p>
        <Button
          variant="secondary"
          onClick={() => set({ from: dateTime(newest - AROUND_MS), to: dateTime(newest + AROUND_MS) })}
        >
          {t("overview.showIt", "Show that time")}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title={t("overview.first", "No agent has sent anything yet")} icon="rocket">
      <p>{t("overview.looked", "Asked: {{source}}, the last 30 days.", { source })}</p>
      <p className={styles.step}>{firstSteps.text}</p>
      {firstSteps.command !== undefined && (
        <p className={styles.command}>
          <code>{firstSteps.command}</code>
          <ClipboardButton
            size="sm"
            icon="copy"
            variant="secondary"
            aria-label={t("overview.copyCommand", "Copy the command")}
            getText={() => firstSteps.command ?? ""}
          />
        </p>
      )}
      {firstSteps.href !== undefined && (
        <LinkButton variant="secondary" icon="book" href={firstSteps.href}>
          {t("overview.docs", "How to begin")}
        </LinkButton>
      )}
      <p>{t("overview.byItself", "This page shows the first run by itself.")}</p>
    </Empty>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  step: css({ color: theme.colors.text.primary }),
  command: css({
    display: "flex",
    justifyContent: "center",
    alignItems: "center",
    gap: theme.spacing(1),
    "& code": { whiteSpace: "pre-wrap", textAlign: "left" },
  }),
});
