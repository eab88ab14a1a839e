import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import type { RunRow } from "../../logql/ask";
import { useEnvironment } from "../environment";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { Moment, RunId } from "../values";
import { runState } from "./runState";

export interface LatestRunsProps {
  /** Newest first. */
  readonly rows: readonly RunRow[];
}

/** The newest runs as they come in: state, agent, worst signal, age. */
export function LatestRuns({ rows }: LatestRunsProps) {
  const styles = useStyles2(stylesOf);
  const { now, settings } = useEnvironment();
  return (
    <ul className={styles.list}>
      {rows.map(({ run, signals }) => {
        const at = Number(run.at / 1_000_000n);
        const { icon, colour, word } = runState(run.status);
        const worst = signals?.find(({ shadow }) => !shadow);
        return (
          <li
            key={JSON.stringify([run.agent_id, run.run_id])}
            className={styles.row}
            data-fresh={now() - at < settings.freshMs}
          >
            <Icon name={icon} className={styles[colour]} title={word} />
            <RunId
              id={run.run_id}
              to={{
                page: "run",
                id: run.run_id,
                params: { agent: run.agent_id, at: String(Math.floor(run.started_at / 1000)) },
              }}
            />
            <span className={styles.agent} title={run.agent_id}>
              {run.agent_id}
            </span>
            {worst !== undefined && worst.severity !== "LOW" && <SeverityBadge severity={worst.severity} />}
            <span className={styles.time}>
              <Moment at={at} />
            </span>
          </li>
        );
      })}
      {rows.length === 0 && <li>{t("overview.noLatest", "No run in this time.")}</li>}
    </ul>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: "none",
    margin: 0,
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  row: css({
    display: "flex",
    alignItems: "center",
    gap: theme.spacing(1),
    minHeight: theme.spacing(4),
    padding: theme.spacing(0, 1),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    "&:last-child": { borderBottom: "none" },
    "&[data-fresh=true]": { background: theme.colors.info.transparent },
    [theme.transitions.handleMotion("no-preference")]: { transition: "background 1s ease-out" },
  }),
  agent: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", flex: "1 1 auto", minWidth: 0 }),
  time: css({ color: theme.colors.text.secondary, whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }),
  failure: css({ color: theme.colors.error.text }),
  calm: css({ color: theme.colors.text.secondary }),
  live: css({ color: theme.colors.info.text }),
});
