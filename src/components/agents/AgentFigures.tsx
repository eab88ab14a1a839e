import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import { count, dollars, NO_DATA, percent, shortDuration, UNPRICED } from "../../core/words";
import type { AgentRow, Totals } from "../../logql/ask";
import { listParam } from "../filters";
import { t } from "../text";
import { Moment, ViewLink } from "../values";
import { failedShare, runsOf } from "./health";

export interface AgentFiguresProps {
  readonly agent: AgentRow;
  readonly totals: Totals | undefined;
  readonly quiet: boolean;
}

/** An agent in one line: runs, failed, signals, durations, cost, last run. */
export function AgentFigures({ agent, totals, quiet }: AgentFiguresProps) {
  const styles = useStyles2(stylesOf);
  const params = { agent: listParam([agent.agent_id]) };
  const { average_duration_ms: average, cost_usd: cost, last_run_at } = agent;
  const share = failedShare(agent);
  const signals = agent.signals.reduce((sum, { count: number }) => sum + number, 0);
  const p95 = totals?.p95_duration_ms;
  return (
    <p className={styles.line}>
      <ViewLink to={{ page: "runs", params }}>
        {t("agent.figures.runs", "{{number}} runs", { number: count(runsOf(agent)) })}
      </ViewLink>
      <ViewLink to={{ page: "runs", params: { ...params, status: "errored" } }}>
        {t("agent.figures.failed", "{{number}} failed", { number: count(agent.failed) })}
        {share !== undefined && agent.failed > 0 && ` (${percent(share)})`}
      </ViewLink>
      <ViewLink to={{ page: "signals", params }}>
        {t("agent.figures.signals", "{{number}} signals", { number: count(signals) })}
      </ViewLink>
      <span>
        {t("agent.figures.average", "average {{time}}", {
          time: average === undefined ? NO_DATA : shortDuration(average),
        })}
      </span>
      <span>{t("agent.figures.p95", "p95 {{time}}", { time: p95 === undefined ? NO_DATA : shortDuration(p95) })}</span>
      <span>
        {t("agent.figures.cost", "cost {{cost}}", { cost: cost === undefined ? UNPRICED : dollars(cost) })}
        {cost !== undefined &&
          totals !== undefined &&
          totals.unpriced > 0 &&
          t("agent.figures.unpriced", ", {{number}} runs unpriced", { number: count(totals.unpriced) })}
      </span>
      <span>
        {t("agent.figures.last", "last run")}{" "}
        {last_run_at === undefined ? NO_DATA : <Moment at={Number(last_run_at / 1_000_000n)} />}
      </span>
      {quiet && (
        <span className={styles.quiet}>
          <Icon name="pause" size="sm" /> {t("agent.figures.quiet", "quiet: it ran within 24 h and has stopped since")}
        </span>
      )}
    </p>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(0.5, 3), fontVariantNumeric: "tabular-nums" }),
  quiet: css({ color: theme.colors.warning.text }),
});
