import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { HEADLINE, selectSignals } from "../../core/judging";
import { NO_DATA, shortDuration } from "../../core/words";
import type { RunRow } from "../../logql/ask";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { RunId } from "../values";
import { runTarget } from "./links";
import { StatusBadge } from "./RunBadges";

/** The runs nested in this one, each with how it ended and its worst signal. */
export function Nested({ nested }: { readonly nested: readonly RunRow[] }) {
  const styles = useStyles2(stylesOf);
  if (nested.length === 0) return null;
  return (
    <section className={styles.box}>
      <h2 className={styles.title}>{t("run.nested", "Nested runs")}</h2>
      <ul className={styles.list}>
        {nested.map(({ run, signals }) => {
          const worst = selectSignals(signals ?? [], HEADLINE)[0];
          return (
            <li key={run.run_id} className={styles.row}>
              <RunId id={run.run_id} to={runTarget(run)} />
              <span className={styles.agent}>{run.agent_id}</span>
              <StatusBadge status={run.status} />
              <span className={styles.number}>
                {run.duration_ms === undefined ? NO_DATA : shortDuration(run.duration_ms)}
              </span>
              {worst !== undefined && (
                <>
                  <SeverityBadge severity={worst.severity} />
                  <span className={styles.agent}>{worst.title}</span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
  }),
  title: css({ ...theme.typography.h5, margin: theme.spacing(0, 0, 1) }),
  list: css({ listStyle: "none", margin: 0, padding: 0, maxHeight: "24em", overflowY: "auto" }),
  row: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(0.5, 1.5),
    padding: theme.spacing(0.5, 0),
  }),
  agent: css({ overflow: "hidden", textOverflow: "ellipsis", maxWidth: "60ch", minWidth: 0 }),
  number: css({ fontVariantNumeric: "tabular-nums", color: theme.colors.text.secondary }),
});
