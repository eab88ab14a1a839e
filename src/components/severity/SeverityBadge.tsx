import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import type { Severity } from "../../core/wire";
import { t } from "../text";
import { severityColours } from "./colours";
import { SeverityMark } from "./SeverityMark";

export interface SeverityBadgeProps {
  readonly severity: Severity;
  /** Recorded, but neither counted nor alerted. */
  readonly shadow?: boolean;
}

/** Shape, colour and word of a severity. */
export function SeverityBadge({ severity, shadow = false }: SeverityBadgeProps) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const { fill, text } = severityColours(theme, severity);
  return (
    <span className={styles.badge} style={{ color: shadow ? theme.colors.text.secondary : text }}>
      <SeverityMark severity={severity} fill={shadow ? theme.colors.text.secondary : fill} />
      {severity}
      {shadow && <span className={styles.shadow}>{t("severity.shadow", "shadow")}</span>}
    </span>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  badge: css({
    display: "inline-flex",
    alignItems: "center",
    gap: theme.spacing(0.5),
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightBold,
    whiteSpace: "nowrap",
  }),
  shadow: css({ fontWeight: theme.typography.fontWeightRegular, fontStyle: "italic" }),
});
