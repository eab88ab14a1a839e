import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import type { SignalItem } from "../../logql/ask";
import { useEnvironment, useParams } from "../environment";
import { Section } from "../frame";
import { type Column, DataTable } from "../table";
import { t } from "../text";
import { groupColumns } from "./groupColumns";
import { groupSignals, keyOfSignal, type SignalGroup } from "./groups";
import type { SignalsParams } from "./params";
import { SignalDrawer } from "./SignalDrawer";
import { signalColumns } from "./signalColumns";
import { useHeldRows } from "./useHeldRows";
import { useRates } from "./useRates";
import type { SignalList } from "./useSignalList";
import { WaitingRows } from "./WaitingRows";

export interface SignalsListProps {
  readonly list: SignalList;
  readonly signals: readonly SignalItem[];
  readonly view: SignalsParams;
}

/** The signals as rows, those in shadow set apart; a row opens its card beside them. */
export function SignalsList({ list, signals, view }: SignalsListProps) {
  const styles = useStyles2(stylesOf);
  const { href, location, now, settings } = useEnvironment();
  const [, change] = useParams();
  const [isAway, setAway] = useState(false);
  const groups = groupSignals(signals);
  const rates = useRates(groups);
  // One signal alone is a group of its own, so that both lists are one kind of row.
  const all = view.isGrouped ? groups : signals.flatMap((signal) => alone(signal));
  const { rows, waiting, ref, release } = useHeldRows(all, ({ key }) => key, {
    key: `${list.key} ${view.isGrouped} ${view.differing}`,
    away: isAway || view.open !== undefined,
  });
  const counted = rows.filter(({ shadow }) => !shadow);
  const shadow = rows.filter((row) => row.shadow);
  const open = rows.find(({ key }) => key === view.open);
  const columns = view.isGrouped ? groupColumns(rates, rows) : signalColumns(signals).map(ofWorst);
  const table = (label: string, some: readonly SignalGroup[]) => (
    <DataTable
      label={label}
      rows={some}
      columns={columns}
      keyOf={({ key }) => key}
      href={({ key }) => href({ ...location, params: { ...location.params, open: key } })}
      look={({ key, last_at }) => ({ current: key === view.open, fresh: now() - last_at < settings.freshMs })}
      onAway={setAway}
    />
  );
  return (
    <div ref={ref} className={styles.box}>
      <WaitingRows waiting={waiting} release={release} />
      {counted.length > 0 && table(t("signals.list", "Signals"), counted)}
      {list.more && (
        <Button className={styles.more} variant="secondary" disabled={list.isLoading} onClick={list.loadMore}>
          {list.isLoading ? t("signals.loading", "Loading…") : t("signals.loadMore", "Load older signals")}
        </Button>
      )}
      {shadow.length > 0 && (
        <Section
          bare
          title={t("signals.shadow", "Shadow signals")}
          note={t("signals.shadowWhy", "recorded, but neither counted nor alerted")}
        >
          {table(t("signals.shadow", "Shadow signals"), shadow)}
        </Section>
      )}
      {open !== undefined && (
        <SignalDrawer
          signal={open.worst}
          rate={rates.of(open)}
          group={open.signals}
          onClose={() => change({ open: undefined })}
        />
      )}
    </div>
  );
}

/** A column of signals for rows that hold one. */
function ofWorst({ sortBy: _sortBy, cell, ...column }: Column<SignalItem>): Column<SignalGroup> {
  return { ...column, cell: ({ worst }) => cell(worst) };
}

function alone(signal: SignalItem): SignalGroup[] {
  return groupSignals([signal]).map((group) => ({ ...group, key: keyOfSignal(signal) }));
}

const stylesOf = (theme: GrafanaTheme2) => ({
  more: css({ alignSelf: "center" }),
  box: css({ position: "relative", display: "flex", flexDirection: "column", gap: theme.spacing(1.5), minWidth: 0 }),
});
