import { Button, LinkButton } from "@grafana/ui";
import { useState } from "react";
import { type Asked, useAsk, useEnvironment, useParams } from "../environment";
import { isFiltered, NO_FILTERS, useFilters } from "../filters";
import { Empty, Failed, Loading } from "../states";
import { t } from "../text";
import { Moment } from "../values";

const DAY_MS = 24 * 3_600_000;
/** How far back a look for anything at all goes: Loki refuses queries over more than 30 days and an hour by default. */
const LOOK_BACK_MS = 28 * DAY_MS;
const HOUR_MS = 3_600_000;

export interface NoRunsProps {
  /** What is hidden by "hide before now", ms. */
  readonly hiddenBefore?: number | undefined;
  readonly onShowHidden?: () => void;
}

/** No run to show: because of the filters, of the time, of what is hidden, or because there is none anywhere. */
export function NoRuns({ hiddenBefore, onShowHidden }: NoRunsProps) {
  const { now, source } = useEnvironment();
  const [opened] = useState(now);
  const [params, change] = useParams();
  const filters = useFilters();
  const here = useAsk("freshness", (range) => ({ range }));
  const anywhere = useAsk("freshness", () => ({ range: { from: opened - LOOK_BACK_MS, to: opened + HOUR_MS } }));
  const narrowed = isFiltered(filters) || params.status !== undefined;
  if (here.data === undefined) return <Unknown asked={here} />;
  const newest = here.data.newest_run;
  if (hiddenBefore !== undefined && newest !== undefined && newest < hiddenBefore) {
    return (
      <Empty title={t("runs.empty.hidden", "All runs of this time are hidden")}>
        <p>
          {t("runs.empty.hiddenWhy", "You hid what came before. The newest run began")} <Moment at={newest} />.
        </p>
        <Button onClick={onShowHidden}>{t("runs.empty.showHidden", "Show them again")}</Button>
      </Empty>
    );
  }
  if (narrowed && newest !== undefined) {
    return (
      <Empty icon="filter" title={t("runs.empty.filtered", "No run passes the filters")}>
        <p>
          {t("runs.empty.filteredWhy", "There are runs in this time range, but none that all filters let through.")}
        </p>
        <Button onClick={() => change({ ...NO_FILTERS, status: undefined })}>
          {t("runs.empty.clear", "Clear the filters")}
        </Button>
      </Empty>
    );
  }
  if (anywhere.data === undefined) return <Unknown asked={anywhere} />;
  const last = anywhere.data.newest_run;
  if (last !== undefined) {
    return (
      <Empty icon="clock-nine" title={t("runs.empty.range", "No runs in this time range")}>
        <p>
          {t("runs.empty.rangeWhy", "The newest run began")} <Moment at={last} />.
        </p>
        <Button onClick={() => change({ from: String(Math.floor(last - HOUR_MS)), to: "now" })}>
          {t("runs.empty.widen", "Widen the time range to it")}
        </Button>
      </Empty>
    );
  }
  return <NothingAtAll source={source} />;
}

/** Why there is nothing is not known yet, or could not be found out. */
function Unknown({ asked: { error, again } }: { readonly asked: Asked<"freshness"> }) {
  if (error === undefined) return <Loading />;
  return <Failed what={t("runs.empty.why", "Why there are no runs")} error={error} again={again} />;
}

function NothingAtAll({ source }: { readonly source: string }) {
  const { firstSteps } = useEnvironment();
  return (
    <Empty icon="rocket" title={t("runs.empty.none", "No runs yet")}>
      <p>{t("runs.empty.noneWhy", "There is no run of the last four weeks in {{source}}.", { source })}</p>
      <p>{firstSteps.text}</p>
      {firstSteps.command !== undefined && (
        <p>
          <code>{firstSteps.command}</code>
        </p>
      )}
      {firstSteps.href !== undefined && (
        <LinkButton href={firstSteps.href}>{t("runs.empty.firstSteps", "First steps")}</LinkButton>
      )}
    </Empty>
  );
}
