import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useState } from "react";
import type { AnswerOf } from "../../logql/ask";
import { useEnvironment, useLink } from "../environment";
import { groupColumns } from "../signals/groupColumns";
import { groupSignals, needsALook } from "../signals/groups";
import { runTarget } from "../signals/runTarget";
import { useHeldRows } from "../signals/useHeldRows";
import { useRates } from "../signals/useRates";
import { WaitingRows } from "../signals/WaitingRows";
import { DataTable } from "../table";
import { t } from "../text";

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
  const [isAway, setAway] = useState(false);
  const groups = needsALook(groupSignals(signals), MOST_GROUPS);
  const rateOf = useRates(groups);
  const { rows, waiting, ref, release } = useHeldRows(groups, ({ key }) => key, { key: listKey, away: isAway });
  return (
    <div ref={ref} className={styles.box}>
      <WaitingRows waiting={waiting} release={release} />
      <DataTable
        label={t("overview.needsALook", "Needs a look")}
        rows={rows}
        columns={groupColumns(rateOf, rows)}
        keyOf={({ key }) => key}
        href={({ worst }) => link(runTarget(worst))}
        look={({ last_at }) => ({ fresh: now() - last_at < settings.freshMs })}
        onAway={setAway}
        maxHeight="none"
      />
    </div>
  );
}

const stylesOf = (_theme: GrafanaTheme2) => ({ box: css({ position: "relative" }) });
