import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useParams } from "../environment";
import {
  AgentFilter,
  EnvironmentFilter,
  FailureTypeFilter,
  IgnoredFilters,
  SessionFilter,
  SeverityFilter,
  TextFilter,
  useSignalFilter,
  VersionFilter,
} from "../filters";
import { Section, Toolbar } from "../frame";
import { AskView, Failed, Note, PartView } from "../states";
import { t } from "../text";
import { keyOfSignal } from "./groups";
import { ListControls } from "./ListControls";
import { NoSignals } from "./NoSignals";
import { readSignalsParams } from "./params";
import { rateGroups, typeRates } from "./rates";
import { SignalsChart } from "./SignalsChart";
import { SignalsList } from "./SignalsList";
import { TypeRates } from "./TypeRates";
import { useSignalList } from "./useSignalList";
import { useSignalRate } from "./useSignalRate";

/** What fired: over time, by failure, and each signal with its card. */
export default function SignalsView() {
  const styles = useStyles2(stylesOf);
  const [params] = useParams();
  const view = readSignalsParams(params);
  const filter = useSignalFilter();
  const list = useSignalList(filter, view.mode);
  const newest = list.signals?.[0];
  const news = newest === undefined ? "" : keyOfSignal(newest);
  const isFailing = list.first.error !== undefined;
  const rate = useSignalRate(filter, rateGroups, news);
  const signals = view.differing ? list.signals?.filter(({ differs }) => differs !== undefined) : list.signals;
  return (
    <>
      <Toolbar title={t("signals.title", "Signals")} onRefresh={list.first.again} busy={list.first.busy}>
        <AgentFilter />
        <VersionFilter />
        <EnvironmentFilter />
        <FailureTypeFilter />
        <SeverityFilter />
        <TextFilter />
        <SessionFilter />
      </Toolbar>
      <div className={styles.page}>
        <IgnoredFilters />
        {(!isFailing || rate.asked.data !== undefined) && (
          <div className={styles.rates}>
            <Section title={t("signals.overTime", "Signals over time")} note={t("signals.asRecorded", "as recorded")}>
              <SignalsChart rate={rate} agents={filter.agents} news={news} isFailing={isFailing} />
            </Section>
            <Section title={t("signals.byFailure", "By failure")}>
              <PartView
                isFailing={isFailing || rate.asked.error !== undefined}
                what={t("signals.theRates", "The rates")}
                asked={rate.asked}
                rows={5}
              >
                {({ series }) =>
                  rate.span !== undefined && <TypeRates rates={typeRates(series, rate.span, rate.stepMs)} />
                }
              </PartView>
            </Section>
          </div>
        )}
        <ListControls view={view} signals={signals} more={list.more} />
        {list.cut !== undefined && (
          <Note
            title={t("signals.cut", "Not every signal of this time could be read: narrow the time or the filters")}
          />
        )}
        {list.older.error !== undefined && (
          <Failed what={t("signals.older", "Older signals")} error={list.older.error} again={list.older.again} />
        )}
        <AskView what={t("signals.theSignals", "The signals")} asked={list.first}>
          {() =>
            signals === undefined || signals.length === 0 ? (
              <NoSignals differing={view.differing} />
            ) : (
              <SignalsList list={list} signals={signals} view={view} />
            )
          }
        </AskView>
      </div>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  page: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2), containerType: "inline-size" }),
  rates: css({
    display: "grid",
    gap: theme.spacing(2),
    gridTemplateColumns: "minmax(0, 1fr)",
    "@container (min-width: 900px)": { gridTemplateColumns: "minmax(0, 2fr) minmax(0, 1fr)" },
  }),
});
