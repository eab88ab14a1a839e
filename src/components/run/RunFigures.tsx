import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { dateTimeFormat } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { Run } from "../../core/run";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { Moment, RunId, ViewLink } from "../values";
import { figuresOf } from "./figures";

/** One line: how much the run took and what identifies it. */
export function RunFigures({ run }: { readonly run: Run }) {
  const styles = useStyles2(stylesOf);
  const { timeZone } = useEnvironment();
  const started = run.started_at / 1000;
  const { agent_version, model, session_id, parent_run_id } = run;
  return (
    <div className={styles.line}>
      {figuresOf(run).map(({ value, label }) => (
        <span key={label}>
          <strong className={styles.value}>{value}</strong> {label}
        </span>
      ))}
      {agent_version !== undefined && (
        <span className={styles.cut}>
          {t("run.version", "version")}{" "}
          <ViewLink to={{ page: "runs", params: { agent: run.agent_id, version: agent_version } }}>
            {agent_version}
          </ViewLink>
        </span>
      )}
      {model !== undefined && (
        <span className={styles.cut} title={model}>
          {t("run.model", "model")} <span className={styles.value}>{model}</span>
        </span>
      )}
      {session_id !== undefined && (
        <span>
          {t("run.session", "session")} <RunId id={session_id} to={{ page: "runs", params: { session: session_id } }} />
        </span>
      )}
      {parent_run_id !== undefined && (
        <span>
          {t("run.nestedIn", "nested in")}{" "}
          <RunId
            id={parent_run_id}
            to={{ page: "run", id: parent_run_id, params: { at: String(Math.floor(started)) } }}
          />
        </span>
      )}
      <span>
        {dateTimeFormat(started, { timeZone })}, <Moment at={started} />
      </span>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({
    display: "flex",
    flexWrap: "wrap",
    gap: theme.spacing(0.25, 2.5),
    marginTop: theme.spacing(1),
    color: theme.colors.text.secondary,
    fontVariantNumeric: "tabular-nums",
  }),
  value: css({ color: theme.colors.text.primary }),
  cut: css({ maxWidth: "40ch", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
});
