import { Button } from "@grafana/ui";
import { useMemo } from "react";
import type { RunRow } from "../../logql/ask";
import { useEnvironment, useLink } from "../environment";
import { runTarget } from "../run/links";
import { Failed } from "../states";
import { DataTable } from "../table";
import { t } from "../text";
import { keyOf } from "./paging";
import { durationOf, isFresh } from "./rowFacts";
import { runColumns } from "./runColumns";
import type { Ticked } from "./ticks";
import type { RunsList } from "./useRunsList";

export interface RunsTableProps {
  readonly list: RunsList;
  readonly rows: readonly RunRow[];
  readonly ticked: readonly Ticked[];
  readonly onTick: (run: Ticked, on: boolean) => void;
  readonly onAway: (isAway: boolean) => void;
  /** The table goes back to its first row when it changes. */
  readonly topKey: string;
}

export function RunsTable({ list, rows, ticked, onTick, onAway, topKey }: RunsTableProps) {
  const { now: clock, settings } = useEnvironment();
  const link = useLink();
  const now = clock();
  const slowest = useMemo(
    () => rows.reduce((most, { run }) => Math.max(most, durationOf(run, now) ?? 0), 0),
    [rows, now],
  );
  const columns = runColumns({ now, freshMs: settings.freshMs, slowest });
  return (
    <DataTable
      label={t("runs.title", "Runs")}
      rows={rows}
      columns={columns}
      keyOf={keyOf}
      topKey={topKey}
      href={({ run }) => link(runTarget(run, { agent: run.agent_id }))}
      look={(row) => ({ failure: row.run.status === "errored", fresh: isFresh(row, now, settings.freshMs) })}
      ticks={{
        isOn: ({ run }) => ticked.some(({ run_id }) => run_id === run.run_id),
        set: ({ run }, on) => onTick({ run_id: run.run_id, at: run.started_at / 1000 }, on),
        label: ({ run }) => t("runs.tick", "Compare run {{id}}", { id: run.run_id.slice(0, 8) }),
      }}
      onAway={onAway}
      footer={<More list={list} shown={rows.length} />}
    />
  );
}

function More({ list, shown }: { readonly list: RunsList; readonly shown: number }) {
  const { settings } = useEnvironment();
  const { error, again } = list.further;
  if (error !== undefined && list.loadingMore) {
    return <Failed what={t("runs.further", "Further runs")} error={error} again={again} />;
  }
  return (
    <>
      <span>{t("runs.shown", "{{number}} shown", { number: shown.toLocaleString("en-US") })}</span>
      {list.more && (
        <Button
          size="sm"
          variant="secondary"
          disabled={list.loadingMore}
          icon={list.loadingMore ? "spinner" : "angle-down"}
          onClick={list.loadMore}
        >
          {t("runs.more", "Show {{number}} more", { number: settings.fetchLimit })}
        </Button>
      )}
    </>
  );
}
