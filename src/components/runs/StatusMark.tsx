import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, type IconName, useStyles2 } from "@grafana/ui";
import type { RunStatus } from "../../core/run";
import { t } from "../text";

const ICONS: Readonly<Record<RunStatus, IconName>> = {
  completed: "check",
  errored: "times",
  running: "play",
  stalled: "pause",
};

/** The word for a state of a run. */
export function statusText(status: RunStatus): string {
  switch (status) {
    case "completed":
      return t("runs.status.completed", "completed");
    case "errored":
      return t("runs.status.failed", "FAILED");
    case "running":
      return t("runs.status.running", "running");
    case "stalled":
      return t("runs.status.stalled", "stalled");
  }
}

/** Icon and word of a run's state. Red is for failure only. */
export function StatusMark({ status, detail }: { readonly status: RunStatus; readonly detail?: string | undefined }) {
  const styles = useStyles2(stylesOf);
  return (
    <span className={status === "completed" ? styles.mark : styles[status]} title={detail}>
      <Icon name={ICONS[status]} size="sm" />
      {statusText(status)}
    </span>
  );
}

const stylesOf = (theme: GrafanaTheme2) => {
  const mark = {
    display: "inline-flex",
    verticalAlign: "middle",
    alignItems: "center",
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
  };
  return {
    mark: css(mark),
    errored: css({ ...mark, color: theme.colors.error.text, fontWeight: theme.typography.fontWeightBold }),
    running: css({ ...mark, color: theme.colors.info.text }),
    stalled: css({ ...mark, color: theme.colors.warning.text }),
  };
};
