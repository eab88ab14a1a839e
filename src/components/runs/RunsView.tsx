import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useCallback, useMemo, useState } from "react";
import { asksForEnd } from "../../logql/builders";
import { useWidth } from "../charts";
import { useAsk, useParams } from "../environment";
import {
  AgentFilter,
  EnvironmentFilter,
  FailureTypeFilter,
  IgnoredFilters,
  SessionFilter,
  SeverityFilter,
  TextFilter,
  useRunFilter,
  VersionFilter,
} from "../filters";
import { Toolbar } from "../frame";
import { Failed, Loading, Note } from "../states";
import { t } from "../text";
import { Moment } from "../values";
import { AgentSidebar } from "./AgentSidebar";
import { agentCounts, totalsOf } from "./agentCounts";
import { visibleSpan } from "./hidden";
import { NoRuns } from "./NoRuns";
import { TickedBar, WaitingRows } from "./OverTable";
import { RunsActions } from "./RunsActions";
import { durationStep, RunsHead } from "./RunsHead";
import { RunsTable } from "./RunsTable";
import { StatusFilter } from "./StatusFilter";
import { endsOf, parseStatuses } from "./status";
import { parseTicks, type Ticked, ticksParam, withTick } from "./ticks";
import { useHidden } from "./useHidden";
import { useRunsList } from "./useRunsList";

/** Below this width the sidebar closes, px. */
const NARROW_BELOW = 900;

/** The runs of a time: who ran, how it ended, what went wrong. */
export default function RunsView() {
  const styles = useStyles2(stylesOf);
  const [params, change] = useParams();
  const filter = useRunFilter();
  const hidden = useHidden();
  const statuses = useMemo(() => parseStatuses(params.status), [params.status]);
  const ticked = useMemo(() => parseTicks(params.tick), [params.tick]);
  const sort = params.sort === "slowest" ? "slowest" : "newest";
  const [away, setAway] = useState<string>();
  const [released, setReleased] = useState(0);
  const list = useRunsList({
    ...{ filter, statuses, sort },
    hiddenBefore: hidden.before,
    held: (listKey) => away === listKey || ticked.length > 0,
  });

  const ended = endsOf(statuses);
  const { agents: chosen = [], ...others } = ended === undefined ? filter : { ...filter, ended };
  const agents = useAsk("agents", (range) => ({ range: visibleSpan(range, hidden.before), filter: others }));
  const totals = useAsk("totals", (range) => {
    const visible = visibleSpan(range, hidden.before);
    const asked = chosen.length === 0 ? others : { ...others, agents: chosen };
    return { range: visible, filter: asked, stepMs: durationStep(visible) };
  });
  const [box, width] = useWidth();
  const narrow = width > 0 && width < NARROW_BELOW;

  const again = (): void => {
    for (const asked of [list.first, agents, totals]) asked.again();
  };
  const tick = useCallback(
    (run: Ticked, on: boolean) => change({ tick: ticksParam(withTick(ticked, run, on)) }, { replace: true }),
    [change, ticked],
  );
  const { rows, first } = list;
  return (
    <>
      <Toolbar title={t("runs.title", "Runs")} onRefresh={again} busy={first.busy}>
        <AgentFilter />
        <VersionFilter />
        <EnvironmentFilter />
        <StatusFilter />
        <SeverityFilter />
        <FailureTypeFilter />
        <SessionFilter />
        <TextFilter />
      </Toolbar>
      <IgnoredFilters />
      <div ref={box} className={narrow ? styles.narrow : styles.wide}>
        <aside className={narrow ? undefined : styles.aside}>
          {agents.data !== undefined && (
            <AgentSidebar agents={agentCounts(agents.data.agents, chosen, statuses)} narrow={narrow} />
          )}
        </aside>
        <section className={styles.main} aria-label={t("runs.list", "List of runs")}>
          <div className={styles.head}>
            <RunsHead
              totals={agents.data && totalsOf(agents.data.agents, chosen, statuses)}
              average={totals.data && (totals.data.average_duration_ms ?? null)}
              durations={totals.data?.durations ?? []}
            />
            <RunsActions
              {...{ sort, hidden }}
              onSort={(value) => change({ sort: value === "slowest" ? value : undefined })}
            />
          </div>
          {first.error !== undefined && (
            <Failed
              what={t("runs.what", "The runs")}
              error={first.error}
              again={first.again}
              stale={rows !== undefined}
            />
          )}
          {list.cut !== undefined && (
            <Note title={t("runs.cut", "Not all runs are listed")}>
              {t("runs.cutWhy", "There are more lines than are read at once; older runs are missing from")}{" "}
              <Moment at={Number(list.cut.at / 1_000_000n)} />.{" "}
              {t("runs.cutNext", "Choose a shorter time range or filter to see all.")}
            </Note>
          )}
          {asksForEnd(filter) && (
            <p className={styles.hint}>
              {t(
                "runs.endedOnly",
                "These filters ask for what the end of a run tells: runs that go on are not listed.",
              )}
            </p>
          )}
          {rows === undefined && first.error === undefined && <Loading rows={10} />}
          {rows?.length === 0 && <NoRuns hiddenBefore={hidden.before} onShowHidden={hidden.showAll} />}
          {rows !== undefined && rows.length > 0 && (
            <div className={styles.table}>
              <WaitingRows
                waiting={list.waiting}
                onShow={() => {
                  list.showWaiting();
                  setReleased(released + 1);
                }}
              />
              <RunsTable
                {...{ list, rows, ticked }}
                onTick={tick}
                onAway={(isAway) => setAway(isAway ? list.key : undefined)}
                topKey={`${list.key} ${released}`}
              />
              <TickedBar ticked={ticked} onClear={() => change({ tick: undefined }, { replace: true })} />
            </div>
          )}
        </section>
      </div>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  wide: css({ display: "flex", gap: theme.spacing(2), alignItems: "flex-start" }),
  narrow: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1) }),
  aside: css({ flex: `0 0 ${theme.spacing(25)}`, minWidth: 0 }),
  main: css({
    flex: "1 1 0",
    minWidth: 0,
    width: "100%",
    display: "flex",
    flexDirection: "column",
    gap: theme.spacing(1),
  }),
  head: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
  table: css({ position: "relative" }),
  hint: css({ color: theme.colors.text.secondary, margin: 0 }),
});
