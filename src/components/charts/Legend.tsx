import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import type { Severity } from "../../core/wire";
import { SeverityBadge } from "../severity";
import { t } from "../text";

export interface LegendProps {
  readonly severities: readonly Severity[];
  /** Some dashed lines are there. */
  readonly deploys: boolean;
}

/** What colours and lines of a chart mean. */
export function Legend({ severities, deploys }: LegendProps) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  return (
    <div className={styles.list}>
      {severities.map((severity) => (
        <SeverityBadge key={severity} severity={severity} />
      ))}
      {deploys && (
        <span className={styles.deploy}>
          <svg width={6} height={14} aria-hidden="true">
            <line x1={3} x2={3} y2={14} stroke={theme.colors.text.secondary} strokeDasharray="3 2" />
          </svg>
          {t("charts.deploy", "deploy or fix")}
        </span>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(0.5, 2), alignItems: "center" }),
  deploy: css({
    display: "inline-flex",
    alignItems: "center",
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
