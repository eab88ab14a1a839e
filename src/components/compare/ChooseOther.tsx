import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { Run } from "../../core/run";
import { NO_DATA, shortDuration } from "../../core/words";
import { useAsk } from "../environment";
import { compareTarget } from "../run/links";
import { StatusBadge } from "../run/RunBadges";
import { SeverityBadge } from "../severity";
import { AskView, Empty } from "../states";
import { t } from "../text";
import { Moment, RunId } from "../values";

const OFFERED = 30;

/** Other runs of the agent, to pick the second one from. */
export function ChooseOther({ run }: { readonly run: Run }) {
  const styles = useStyles2(stylesOf);
  const asked = useAsk("runs", (range) => ({ range, filter: { agents: [run.agent_id] }, limit: OFFERED + 1 }), {
    once: true,
  });
  return (
    <section>
      <h2 className={styles.title}>
        {t("compare.choose", "Compare run {{id}} of {{agent}} with", {
          id: run.run_id.slice(0, 8),
          agent: run.agent_id,
        })}
      </h2>
      <AskView what={t("compare.others", "The other runs")} asked={asked}>
        {({ runs }) => {
          const others = runs.filter((row) => row.run.run_id !== run.run_id).slice(0, OFFERED);
          if (others.length === 0) {
            return (
              <Empty title={t("compare.alone", "No other run of this agent")}>
                {t("compare.aloneHelp", "There is none in this time range.")}
              </Empty>
            );
          }
          return (
            <ul className={styles.list}>
              {others.map(({ run: other, signals }) => {
                const worst = signals?.find(({ shadow }) => !shadow);
                return (
                  <li key={other.run_id} className={styles.row}>
                    <RunId id={other.run_id} to={compareTarget(run, other)} />
                    <Moment at={other.started_at / 1000} />
                    <StatusBadge status={other.status} />
                    <span>{other.duration_ms === undefined ? NO_DATA : shortDuration(other.duration_ms)}</span>
                    {worst !== undefined && <SeverityBadge severity={worst.severity} />}
                  </li>
                );
              })}
            </ul>
          );
        }}
      </AskView>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  title: css({ ...theme.typography.h5, overflowWrap: "anywhere" }),
  list: css({ listStyle: "none", padding: 0, margin: 0 }),
  row: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontVariantNumeric: "tabular-nums",
  }),
});
