import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, useStyles2 } from "@grafana/ui";
import type { Run, RunStatus } from "../../core/run";
import { exitReasonOf } from "../../core/words";
import { t } from "../text";

/** The kind that says no more than that it is a run. */
const PLAIN_KIND = "run";

/** How a run ended and what it was, in short words: red for failure alone. */
export function RunBadges({ run }: { readonly run: Run }) {
  const styles = useStyles2(stylesOf);
  const reason = exitReasonOf(run);
  return (
    <span className={styles.badges}>
      <StatusBadge status={run.status} />
      {reason !== undefined && <span className={styles.reason}>{reason}</span>}
      {run.kind !== undefined && run.kind !== PLAIN_KIND && (
        <Badge color="darkgrey" text={run.kind} className={styles.cut} />
      )}
      {run.facts.streaming_llm_calls > 0 && <Badge color="darkgrey" text="STREAM" />}
    </span>
  );
}

export function StatusBadge({ status }: { readonly status: RunStatus }) {
  switch (status) {
    case "errored":
      return <Badge color="red" icon="times" text={t("run.failed", "FAILED")} />;
    case "running":
      return <Badge color="blue" icon="sync" text={t("run.running", "RUNNING")} />;
    case "stalled":
      return (
        <Badge
          color="orange"
          icon="pause"
          text={t("run.stalled", "STALLED")}
          tooltip={t("run.stalledWhy", "It never said that it ended, and no event came for a while.")}
        />
      );
    case "completed":
      return <Badge color="green" icon="check" text={t("run.completed", "completed")} />;
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  badges: css({ display: "inline-flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1), minWidth: 0 }),
  reason: css({
    color: theme.colors.text.secondary,
    maxWidth: "32ch",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  }),
  cut: css({ maxWidth: "20ch", overflow: "hidden", textOverflow: "ellipsis" }),
});
