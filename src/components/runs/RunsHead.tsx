import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { count, NO_DATA, percent, shortDuration } from "../../core/words";
import type { TimeSpan, Totals } from "../../logql/ask";
import { Sparkline } from "../charts";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { Moment } from "../values";
import type { RunTotals } from "./agentCounts";

export interface RunsHeadProps {
  /** Undefined until they are known. */
  readonly totals: RunTotals | undefined;
  /** ms, over the whole time asked for; null where no run tells, undefined until it is known. */
  readonly average: number | null | undefined;
  /** Average durations over the time asked for, ms. */
  readonly durations: NonNullable<Totals["durations"]>;
}

const POINTS = 40;
const WAIT = "…";

/** Length of a point of the line, ms. */
export const durationStep = ({ from, to }: TimeSpan): number => Math.max(1000, Math.ceil((to - from) / POINTS));

/** Runs, failed, average duration with its line, last run. */
export function RunsHead({ totals, average, durations }: RunsHeadProps) {
  const styles = useStyles2(stylesOf);
  const { href, location } = useEnvironment();
  const line = durations.map(({ value }) => value);
  const { runs = 0, failed = 0, last } = totals ?? {};
  return (
    <dl className={styles.list}>
      <Figure name={t("runs.head.runs", "runs")}>{totals === undefined ? WAIT : count(runs)}</Figure>
      <Figure name={t("runs.head.failed", "failed")}>
        {failed === 0 ? (
          totals === undefined ? (
            WAIT
          ) : (
            "0"
          )
        ) : (
          <a className={styles.failed} href={href({ ...location, params: { ...location.params, status: "errored" } })}>
            {count(failed)}
            {runs > 0 && ` (${percent(failed / runs)})`}
          </a>
        )}
      </Figure>
      <Figure name={t("runs.head.average", "average duration")}>
        {average === undefined ? WAIT : average === null ? NO_DATA : shortDuration(average)}{" "}
        {line.length > 1 && (
          <Sparkline
            points={line}
            label={t("runs.head.overTime", "Average duration over this time, between {{from}} and {{to}}", {
              from: shortDuration(Math.min(...line)),
              to: shortDuration(Math.max(...line)),
            })}
          />
        )}
      </Figure>
      <Figure name={t("runs.head.last", "last run")}>
        {last === undefined ? totals === undefined ? WAIT : NO_DATA : <Moment at={last} />}
      </Figure>
    </dl>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.figure}>
      <dd className={styles.value}>{children}</dd>
      <dt className={styles.name}>{name}</dt>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    display: "flex",
    flexWrap: "wrap",
    gap: theme.spacing(0.5, 3),
    margin: 0,
    fontVariantNumeric: "tabular-nums",
  }),
  figure: css({ display: "flex", flexDirection: "row", alignItems: "baseline", gap: theme.spacing(0.5) }),
  value: css({ margin: 0, fontWeight: theme.typography.fontWeightBold }),
  name: css({ order: 1, color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  failed: css({ color: theme.colors.error.text, textDecoration: "underline" }),
});
