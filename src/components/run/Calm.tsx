import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import type { Run } from "../../core/run";
import type { RunDetails } from "../../logql/ask";
import { t } from "../text";
import { ViewLink } from "../values";
import { runTarget } from "./links";
import { saidByRun } from "./said";

/** So many things that the run tells, the newest ones: the timeline has them all. */
const MOST_SAID = 5;

/** No signal: what the run itself tells of its trouble, that the detectors found nothing, and how much could be judged. */
export function Calm({ details: { run, no_data } }: { readonly details: RunDetails }) {
  const styles = useStyles2(stylesOf);
  const said = saidByRun(run).slice(-MOST_SAID);
  const isGood = run.status === "completed" && said.length === 0;
  return (
    <div className={styles.calm} data-testid="run-calm">
      <Icon
        name={run.status === "running" ? "sync" : isGood ? "check-circle" : "info-circle"}
        className={styles.icon}
      />
      <div className={styles.texts}>
        {said.map(({ key, text, step_index }) => (
          <div key={key} className={styles.said}>
            <span className={styles.cut} title={text}>
              {text}
            </span>
            {step_index !== undefined && (
              <ViewLink to={runTarget(run, { step: String(step_index) })}>
                {t("run.saidAt", "Step {{step}}", { step: step_index })}
              </ViewLink>
            )}
          </div>
        ))}
        <div>
          {judged(run, said.length > 0)}{" "}
          {no_data.length > 0 && (
            <ViewLink to={runTarget(run, { tab: "facts" })}>
              {no_data.length === 1
                ? t("run.calmUnknown1", "1 detector had no data: which and why")
                : t("run.calmUnknown", "{{number}} detectors had no data: which and why", { number: no_data.length })}
            </ViewLink>
          )}
        </div>
      </div>
    </div>
  );
}

/** What the detectors have to say. */
function judged({ status }: Pick<Run, "status">, isTold: boolean): string {
  switch (status) {
    case "running":
      return t("run.calmSoFar", "No signal so far.");
    case "stalled":
      return t(
        "run.calmStalled",
        "The run has not ended and sends nothing more: its process may have died. No signal until then.",
      );
    case "errored":
      return isTold
        ? t("run.calmToldFailed", "No detector found a pattern behind it.")
        : t("run.calmFailed", "The run failed, and no detector found a pattern behind it.");
    case "completed":
      return t("run.calm", "No signal: the detectors found nothing unusual in this run.");
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  calm: css({
    display: "flex",
    gap: theme.spacing(1),
    alignItems: "center",
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  icon: css({ color: theme.colors.text.secondary, flex: "none" }),
  texts: css({ display: "flex", flexDirection: "column", gap: theme.spacing(0.5), minWidth: 0 }),
  said: css({ display: "flex", gap: theme.spacing(1), minWidth: 0, "& > a": { flex: "none" } }),
  cut: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", minWidth: 0 }),
});
