import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { detectorOf } from "../../core/detectors";
import { NO_DATA, NOTHING } from "../../core/words";
import type { RunRow } from "../../logql/ask";
import type { LinkTarget } from "../environment";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { Moment, ViewLink } from "../values";
import { badgesOf, durationOf, durationText, worstSignal } from "./rowFacts";

/** The duration, and a bar of its share of the slowest run shown. */
export function DurationCell({ row: { run }, slowest, now }: DurationCellProps) {
  const styles = useStyles2(stylesOf);
  const took = durationOf(run, now);
  const share = took === undefined || slowest <= 0 ? 0 : Math.max(0.01, Math.min(1, took / slowest));
  return (
    <span className={styles.duration}>
      <span className={styles.track} aria-hidden="true">
        <span
          className={cx(styles.bar, run.status === "running" && styles.open)}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span title={run.status === "running" ? t("runs.soFar", "so far") : undefined}>
        {durationText(run, now)}
        {run.status === "running" && "…"}
      </span>
    </span>
  );
}

interface DurationCellProps {
  readonly row: RunRow;
  /** ms, of all rows shown. */
  readonly slowest: number;
  readonly now: number;
}

/** The worst signal that counts: severity, name, and how many others. */
export function WorstCell({ row }: { readonly row: RunRow }) {
  const styles = useStyles2(stylesOf);
  const worst = worstSignal(row.signals);
  if (worst === undefined) {
    return <span className={styles.quiet}>{row.signals === undefined ? NO_DATA : NOTHING}</span>;
  }
  const { signal, others } = worst;
  return (
    <span className={styles.worst} title={signal.title}>
      <SeverityBadge severity={signal.severity} />
      <span className={styles.cut}>{detectorOf(signal.failure_type).label}</span>
      {others > 0 && <span className={styles.quiet}>+{others}</span>}
    </span>
  );
}

/** Who ran. */
export function AgentCell({ row: { run } }: { readonly row: RunRow }) {
  const styles = useStyles2(stylesOf);
  return (
    <span className={styles.worst}>
      <span className={styles.cut} title={run.agent_id}>
        {run.agent_id}
      </span>
    </span>
  );
}

/** When the run ended or, while it is open, began: what lists go by. NEW where that has just been. */
export function SeenCell({ row: { run }, fresh }: { readonly row: RunRow; readonly fresh: boolean }) {
  const styles = useStyles2(stylesOf);
  return (
    <span className={styles.seen}>
      <Moment
        at={Number(run.at / 1_000_000n)}
        also={{ title: t("runs.startedAt", "Started"), at: run.started_at / 1000 }}
      />
      {fresh && <span className={cx(styles.badge, styles.fresh)}>{t("runs.new", "NEW")}</span>}
    </span>
  );
}

/** What kind of run, and STREAM where its answers streamed. */
export function BadgesCell({ row }: { readonly row: RunRow }) {
  const styles = useStyles2(stylesOf);
  const badges = badgesOf(row);
  return (
    <span className={styles.badges}>
      {badges.map((badge) => (
        <span key={badge} className={styles.badge} title={badge}>
          {badge}
        </span>
      ))}
    </span>
  );
}

const SHOWN = 8;

/** The first characters of an id that leads to a filter. */
export function IdCell({ id, to }: { readonly id: string | undefined; readonly to: (id: string) => LinkTarget }) {
  const styles = useStyles2(stylesOf);
  if (id === undefined || id === "") return <span className={styles.quiet}>{NOTHING}</span>;
  return (
    <ViewLink to={to(id)} title={id} className={styles.id}>
      {[...id.slice(0, SHOWN * 2)].slice(0, SHOWN).join("")}
    </ViewLink>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  duration: css({ display: "flex", alignItems: "center", gap: theme.spacing(1), justifyContent: "flex-end" }),
  track: css({ flex: "1 1 0", height: theme.spacing(0.75), minWidth: theme.spacing(4), display: "flex" }),
  bar: css({ background: theme.colors.text.disabled, borderRadius: theme.shape.radius.default }),
  open: css({ opacity: 0.5 }),
  worst: css({ display: "flex", alignItems: "center", gap: theme.spacing(1), minWidth: 0 }),
  seen: css({ display: "inline-flex", alignItems: "center", gap: theme.spacing(0.5), whiteSpace: "nowrap" }),
  cut: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  quiet: css({ color: theme.colors.text.secondary }),
  badges: css({ display: "flex", gap: theme.spacing(0.5), minWidth: 0 }),
  badge: css({
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(0, 0.5),
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: 1.4,
    color: theme.colors.text.secondary,
    overflow: "hidden",
    textOverflow: "ellipsis",
    minWidth: 0,
  }),
  fresh: css({ borderColor: theme.colors.info.border, color: theme.colors.info.text, flex: "none" }),
  id: css({ fontFamily: theme.typography.fontFamilyMonospace }),
});
