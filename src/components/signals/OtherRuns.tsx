import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { SignalItem } from "../../logql/ask";
import { listParam } from "../filters";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { Moment, RunId, ViewLink } from "../values";
import { keyOfSignal } from "./groups";
import { runTarget } from "./runTarget";

export interface OtherRunsProps {
  readonly signal: SignalItem;
  /** All of the group, newest first. */
  readonly group: readonly SignalItem[];
}

const MOST = 50;

/** The other runs of a group, each at its step, and all of them as a list of runs. */
export function OtherRuns({ signal, group }: OtherRunsProps) {
  const styles = useStyles2(stylesOf);
  const others = group.filter((other) => keyOfSignal(other) !== keyOfSignal(signal));
  const { agent_id, agent_version, failure_type, shadow } = signal;
  if (others.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("signals.others", "Other runs with it")}>
      <header className={styles.head}>
        <h4 className={styles.title}>{t("signals.others", "Other runs with it")}</h4>
        <ViewLink
          to={{
            page: "runs",
            params: {
              agent: listParam([agent_id]),
              version: listParam([agent_version ?? ""]),
              type: failure_type,
              severity: "LOW",
              shadow: shadow ? "true" : undefined,
            },
          }}
        >
          {t("signals.asRuns", "Show them as runs")}
        </ViewLink>
      </header>
      <ul className={styles.list}>
        {others.slice(0, MOST).map((other) => (
          <li key={keyOfSignal(other)} className={styles.row}>
            <SeverityBadge severity={other.severity} shadow={other.shadow} />
            <RunId id={other.run_id} to={runTarget(other)} />
            <span className={styles.what} title={other.title}>
              {other.title}
            </span>
            <span className={styles.time}>
              <Moment at={other.at} />
            </span>
          </li>
        ))}
      </ul>
      {others.length > MOST && t("signals.moreOthers", "and {{count}} more", { count: others.length - MOST })}
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  section: css({ width: "100%" }),
  head: css({ display: "flex", justifyContent: "space-between", alignItems: "baseline", gap: theme.spacing(1) }),
  title: css({ ...theme.typography.h6, margin: 0 }),
  list: css({ listStyle: "none", margin: 0 }),
  row: css({
    display: "flex",
    alignItems: "center",
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  what: css({ flex: "1 1 auto", minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  time: css({ color: theme.colors.text.secondary, whiteSpace: "nowrap" }),
});
