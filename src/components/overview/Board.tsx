import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { severityRank } from "../../core/wire";
import type { IdentityFilter, RunFilter } from "../../logql/builders";
import { useAsk } from "../environment";
import { isFiltered, useFilterLink, useFilters } from "../filters";
import { Section } from "../frame";
import { keyOfSignal } from "../signals/groups";
import { SignalsChart } from "../signals/SignalsChart";
import { useAskOnNews } from "../signals/useAskOnNews";
import { useSignalRate } from "../signals/useSignalRate";
import { Failed, PartView } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";
import { AllWell } from "./AllWell";
import { spanBefore } from "./deltas";
import { FailureMatrix } from "./FailureMatrix";
import { Figures } from "./Figures";
import { LatestRuns } from "./LatestRuns";
import { NeedsALook } from "./NeedsALook";
import { NoneMatches } from "./NoneMatches";

export interface BoardProps {
  readonly filter: RunFilter;
  readonly identity: IdentityFilter;
  /** ms. */
  readonly newestRun: number | undefined;
  /** The page says already that nothing can be read. */
  readonly isFailing: boolean;
}

const LATEST = 8;
const HIGH_RANK = severityRank("HIGH");
const BY_SEVERITY = ["severity"] as const;
/** Runs alone change the sums little: they are asked for again at most this often, ms. */
const RUNS_MS = 10_000;

/** The overview where there is something to show. */
export function Board({ filter, identity, newestRun, isFailing }: BoardProps) {
  const styles = useStyles2(stylesOf);
  const to = useFilterLink();
  const filters = useFilters();
  const signals = useAsk("signals", (range) => ({ range, filter: identity }));
  const latest = useAsk("runs", (range) => ({ range, filter, limit: LATEST }));
  const newest = signals.data?.signals[0];
  const news = `${newest === undefined ? "" : keyOfSignal(newest)} ${Math.floor((newestRun ?? 0) / RUNS_MS)}`;
  const totals = useAskOnNews("totals", (range) => ({ range, filter: identity }), news);
  const before = useAskOnNews("totals", (range) => ({ range: spanBefore(range), filter: identity }), "");
  const agents = useAskOnNews("agents", (range) => ({ range, filter: identity }), news);
  const quiet = useAskOnNews("quiet", () => ({ filter: identity }), news);
  const rate = useSignalRate(identity, BY_SEVERITY, news);
  const known = totals.data;
  const hasRuns = known !== undefined && known.started + known.completed + known.failed > 0;
  if (known !== undefined && !hasRuns && isFiltered(filters)) return <NoneMatches />;
  const [last] = latest.data?.runs ?? [];
  // The list also tells what was found in lines without verdicts of their own, which no sum counts.
  const isTold =
    signals.data?.signals.some(({ severity, shadow }) => !shadow && severityRank(severity) >= HIGH_RANK) ?? true;
  return (
    <div className={styles.board}>
      {totals.error !== undefined && !isFailing && (
        <Failed
          what={t("overview.totals", "The numbers of this time")}
          error={totals.error}
          again={totals.again}
          stale={totals.data !== undefined}
        />
      )}
      <Figures totals={totals.data} before={before.data} quiet={quiet.data} span={totals.span} />
      {hasRuns && known.signals === 0 && !isTold && totals.span !== undefined && (
        <AllWell totals={known} span={totals.span} newestRun={last && Number(last.run.at / 1_000_000n)} />
      )}
      <div className={styles.middle}>
        <Section title={t("signals.overTime", "Signals over time")}>
          <SignalsChart isFailing={isFailing} rate={rate} agents={identity.agents} news={news} />
        </Section>
        <Section title={t("overview.matrix", "Failure × agent")}>
          <PartView isFailing={isFailing} what={t("overview.theAgents", "The agents")} asked={agents} rows={5}>
            {(data) => <FailureMatrix agents={data.agents} />}
          </PartView>
        </Section>
      </div>
      <div className={styles.bottom}>
        <Section
          bare
          title={t("overview.needsALook", "Needs a look")}
          note={t("overview.grouped", "grouped by agent, failure and version")}
          extra={<ViewLink to={to({ page: "signals" })}>{t("overview.allSignals", "All signals")}</ViewLink>}
        >
          <PartView isFailing={isFailing} what={t("overview.theSignals", "The signals")} asked={signals}>
            {(data) =>
              data.signals.length === 0 ? (
                <p className={styles.none}>{t("overview.nothing", "Nothing: no signal of MEDIUM or above.")}</p>
              ) : (
                <NeedsALook signals={data.signals} listKey={JSON.stringify(identity)} />
              )
            }
          </PartView>
        </Section>
        <Section
          bare
          title={t("overview.latest", "Latest runs")}
          extra={<ViewLink to={to({ page: "runs" })}>{t("overview.allRuns", "All runs")}</ViewLink>}
        >
          <PartView isFailing={isFailing} what={t("overview.theRuns", "The newest runs")} asked={latest}>
            {(data) => <LatestRuns rows={data.runs} />}
          </PartView>
        </Section>
      </div>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  board: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2), containerType: "inline-size" }),
  middle: css({
    display: "grid",
    gap: theme.spacing(2),
    gridTemplateColumns: "minmax(0, 1fr)",
    "@container (min-width: 900px)": { gridTemplateColumns: "minmax(0, 2fr) minmax(0, 1fr)" },
  }),
  bottom: css({
    display: "grid",
    gap: theme.spacing(2),
    gridTemplateColumns: "minmax(0, 1fr)",
    alignItems: "start",
    "@container (min-width: 1300px)": { gridTemplateColumns: "minmax(0, 1fr) minmax(0, 380px)" },
  }),
  none: css({ color: theme.colors.text.secondary, margin: 0 }),
});
