import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useDeferredValue, useMemo } from "react";
import type { Run } from "../../core/run";
import { Empty } from "../states";
import { t } from "../text";
import { LogList } from "./LogList";
import { foundRows } from "./logRows";

export interface LogTabProps {
  readonly run: Run;
  readonly find: string;
  readonly selected: number | undefined;
}

/** All lines of the run in order, events this version does not know too. */
export function LogTab({ run, find, selected }: LogTabProps) {
  const styles = useStyles2(stylesOf);
  // Searching 50,000 lines must not hold up typing.
  const wanted = useDeferredValue(find);
  const rows = useMemo(() => foundRows(run, wanted), [run, wanted]);
  const all = run.lines.length.toLocaleString("en-US");
  if (rows.length === 0) {
    return (
      <Empty title={t("run.noLineFound", "No line matches")} icon="search">
        {t("run.noLineFoundHelp", "Looked at {{all}} lines. Esc in the field clears the search.", { all })}
      </Empty>
    );
  }
  return (
    <>
      <p className={styles.count} role="status">
        {rows.length === run.lines.length
          ? t("run.lineCount", "{{all}} lines", { all })
          : t("run.lineCountOf", "{{shown}} of {{all}} lines", { shown: rows.length.toLocaleString("en-US"), all })}
      </p>
      <LogList run={run} rows={rows} selected={selected} maxHeight="70vh" />
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  count: css({ color: theme.colors.text.secondary, margin: theme.spacing(0, 0, 0.5) }),
});
