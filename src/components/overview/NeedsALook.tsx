import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useState } from "react";
import type { AnswerOf } from "../../logql/ask";
import { useEnvironment, useLink } from "../environment";
import { useFilterLink } from "../filters";
import { groupColumns } from "../signals/groupColumns";
import { groupSignals, needsALook } from "../signals/groups";
import { runTarget } from "../signals/runTarget";
import { useHeldRows } from "../signals/useHeldRows";
import { useRates } from "../signals/useRates";
import { WaitingRows } from "../signals/WaitingRows";
import { DataTable } from "../table";
import { t } from "../text";
import { ViewLink } from "../values";

const MOST_GROUPS = 10;

export interface NeedsALookProps {
  readonly signals: AnswerOf<"signals">["signals"];
  /** Changes with the question: the list of another one is shown at once. */
  readonly listKey: string;
}

/** What to look at first: one row for each agent, failure and version, newest first, which opens its run at its step. */
export function NeedsALook({ signals, listKey }: NeedsALookProps) {
  const styles = useStyles2(stylesOf);
  const { now, settings } = useEnvironment();
  const link = useLink();
  const to = useFilterLink();
  const [isAway, setAway] = useState(false);
  const all = groupSignals(signals);
  const groups = needsALook(all, MOST_GROUPS);
  const more = all.filter(({ shadow }) => !shadow).length - groups.length;
  const rates = useRates(groups);
  const { rows, waiting, ref, release } = useHeldRows(groups, ({ key }) => key, { key: listKey, away: isAway });
  return (
    <div ref={ref} className={styles.box}>
      <WaitingRows waiting={waiting} release={release} />
      <DataTable
        label={t("overview.needsALook", "Needs a look")}
        rows={rows}
        columns={groupColumns(rates, rows)}
        keyOf={({ key }) => key}
        href={({ worst }) => link(runTarget(worst))}
        look={({ last_at }) => ({ fresh: now() - last_at < settings.freshMs })}
        onAway={setAway}
        maxHeight="none"
      />
      {more > 0 && (
        <ViewLink to={to({ page: "signals" })}>
          {t("overview.moreGroups", "{{number}} more", { number: more.toLocaleString("en-US") })}
        </ViewLink>
      )}
    </div>
  );
}

const stylesOf = (_theme: GrafanaTheme2) => ({ box: css({ position: "relative" }) });
