import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { count, dollars, NO_DATA, percent, shortDuration, UNPRICED } from "../../core/words";
import type { AnswerOf, TimeSpan } from "../../logql/ask";
import { useEnvironment } from "../environment";
import { listParam, useFilterLink } from "../filters";
import { severityColours } from "../severity";
import { t } from "../text";
import { DeltaText } from "./DeltaText";
import { deltaOf, spanText } from "./deltas";
import { Figure } from "./Figure";
import { quietText } from "./quietText";

export interface FiguresProps {
  readonly totals: AnswerOf<"totals"> | undefined;
  /** Of the time of the same length before. */
  readonly before: AnswerOf<"totals"> | undefined;
  readonly quiet: AnswerOf<"quiet"> | undefined;
  readonly span: TimeSpan | undefined;
}

/** The numbers of the time, each against the time before. */
export function Figures({ totals, before: past, quiet, span }: FiguresProps) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  const { now } = useEnvironment();
  const to = useFilterLink();
  // Against a time without any run everything is more.
  const before = past !== undefined && past.started + past.completed + past.failed > 0 ? past : undefined;
  const length = span === undefined ? "" : spanText(span);
  const ended = totals && totals.completed + totals.failed;
  const signals = deltaOf(totals?.signals, before?.signals);
  const cost = deltaOf(totals?.cost_usd, before?.cost_usd);
  const duration = deltaOf(totals?.p95_duration_ms, before?.p95_duration_ms);
  return (
    <div className={styles.row}>
      <Figure
        label={t("overview.signals", "Signals, HIGH and above")}
        value={totals && count(totals.signals)}
        colour={totals && totals.signals > 0 ? severityColours(theme, "HIGH").text : undefined}
        to={to({ page: "signals", params: { severity: "HIGH" } })}
      >
        <DeltaText delta={signals} by={count(signals?.by ?? 0)} before={length} failure />
      </Figure>
      <Figure
        label={t("overview.failed", "Failed runs")}
        value={totals && count(totals.failed)}
        to={to({ page: "runs", params: { status: "errored" } })}
      >
        {ended !== undefined && ended > 0
          ? t("overview.ofRuns", "of {{runs}} ({{share}})", {
              runs: count(ended),
              share: percent((totals?.failed ?? 0) / ended),
            })
          : t("overview.noRuns", "no run has ended")}
      </Figure>
      <Figure label={t("overview.cost", "Cost")} value={totals && costText(totals)} to={to({ page: "agents" })}>
        <DeltaText
          delta={cost}
          by={cost?.share === undefined ? dollars(cost?.by ?? 0) : percent(cost.share)}
          before={length}
        />{" "}
        {totals !== undefined &&
          totals.unpriced > 0 &&
          totals.cost_usd !== undefined &&
          t("overview.unpriced", "· {{runs}} unpriced", { runs: count(totals.unpriced) })}
      </Figure>
      <Figure
        label={t("overview.p95", "p95 duration")}
        value={totals && (totals.p95_duration_ms === undefined ? NO_DATA : shortDuration(totals.p95_duration_ms))}
        to={to({ page: "runs", params: { sort: "slowest" } })}
      >
        <DeltaText delta={duration} by={shortDuration(duration?.by ?? 0)} before={length} />
      </Figure>
      <Figure
        label={t("overview.quiet", "Quiet agents")}
        value={quiet && count(quiet.agents.length)}
        to={to({ page: "agents", params: { agent: listParam(quiet?.agents.map(({ agent_id }) => agent_id) ?? []) } })}
      >
        <span className={styles.quiet} title={t("overview.quietWhy", "Had runs within 24 h and none for 30 min")}>
          {quiet && quietText(quiet.agents, now())}
        </span>
      </Figure>
    </div>
  );
}

function costText({ cost_usd, unpriced }: AnswerOf<"totals">): string {
  if (cost_usd !== undefined) return dollars(cost_usd);
  return unpriced > 0 ? UNPRICED : NO_DATA;
}

const stylesOf = (theme: GrafanaTheme2) => ({
  row: css({
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 170px), 1fr))",
    gap: theme.spacing(1),
  }),
  quiet: css({ overflowWrap: "anywhere" }),
});
