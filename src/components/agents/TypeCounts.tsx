import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { detectorOf } from "../../core/detectors";
import { count, NOTHING } from "../../core/words";
import type { AgentRow } from "../../logql/ask";
import { listParam } from "../filters";
import { SeverityMark, severityColours } from "../severity";
import { t } from "../text";
import { ViewLink } from "../values";

const MOST = 4;

/** Failure types with their counts, worst first; each leads to its signals. */
export function TypeCounts({ agent }: { readonly agent: AgentRow }) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  const { agent_id, signals } = agent;
  if (signals.length === 0) return <span className={styles.quiet}>{NOTHING}</span>;
  const params = { agent: listParam([agent_id]) };
  return (
    <span className={styles.list}>
      {signals.slice(0, MOST).map(({ failure_type, severity, count: number }) => (
        <ViewLink
          key={failure_type}
          to={{ page: "signals", params: { ...params, type: listParam([failure_type]) } }}
          className={styles.type}
          title={t("agents.typeTitle", "{{severity}} at worst, {{number}} signals", { severity, number })}
        >
          <SeverityMark severity={severity} fill={severityColours(theme, severity).fill} />
          <span className={styles.label}>{detectorOf(failure_type).label}</span> {count(number)}
        </ViewLink>
      ))}
      {signals.length > MOST && (
        <ViewLink to={{ page: "signals", params }}>
          {t("agents.moreTypes", "+{{number}} more", { number: signals.length - MOST })}
        </ViewLink>
      )}
    </span>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    display: "flex",
    gap: theme.spacing(0, 1.5),
    overflow: "hidden",
    whiteSpace: "nowrap",
    [theme.breakpoints.down("sm")]: { flexWrap: "wrap" },
  }),
  type: css({
    display: "inline-flex",
    alignItems: "center",
    gap: theme.spacing(0.5),
    whiteSpace: "nowrap",
    color: theme.colors.text.primary,
    minWidth: 0,
  }),
  label: css({ overflow: "hidden", textOverflow: "ellipsis" }),
  quiet: css({ color: theme.colors.text.secondary }),
});
