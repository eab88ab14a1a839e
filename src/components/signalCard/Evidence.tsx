import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, LinkButton, useStyles2 } from "@grafana/ui";
import { t } from "../text";
import { evidenceRows, type ShownSignal } from "./shown";

export interface EvidenceProps {
  readonly id: string;
  readonly signal: ShownSignal;
  readonly exploreHref: string | undefined;
}

/** What a signal rests on, by the names of the facts, and the query that finds it. */
export function Evidence({ id, signal, exploreHref }: EvidenceProps) {
  const styles = useStyles2(stylesOf);
  const { failure_type, base_severity, origin, logql } = signal;
  const rows = [
    ["failure_type", failure_type] as const,
    ["base_severity", base_severity] as const,
    ...(origin === undefined ? [] : [["origin", origin] as const]),
    ...evidenceRows(signal.evidence),
  ];
  return (
    <div id={id} className={styles.box}>
      <dl className={styles.rows}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {logql !== undefined && (
        <div className={styles.query}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={styles.logql} tabIndex={0}>
            {logql}
          </pre>
          <ClipboardButton getText={() => logql} icon="copy" size="sm" variant="secondary">
            {t("signalCard.copyLogql", "Copy LogQL")}
          </ClipboardButton>
          {exploreHref !== undefined && (
            <LinkButton href={exploreHref} icon="compass" size="sm" variant="secondary">
              {t("signalCard.explore", "Open in Explore")}
            </LinkButton>
          )}
        </div>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    marginTop: theme.spacing(1.5),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    paddingTop: theme.spacing(1),
  }),
  rows: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(0.5, 3), margin: 0 }),
  row: css({ display: "flex", gap: theme.spacing(1), minWidth: 0, maxWidth: "100%" }),
  name: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  value: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: "anywhere",
    maxHeight: "8em",
    overflowY: "auto",
  }),
  query: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(1), marginTop: theme.spacing(1) }),
  logql: css({ flex: "1 1 100%", margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere", maxHeight: "16em" }),
});
