import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { Run } from "../../core/run";
import { LogLine } from "./LogLine";
import type { LogRow } from "./logRows";

export interface LogListProps {
  readonly run: Pick<Run, "started_at" | "capture">;
  readonly rows: readonly LogRow[];
  readonly maxHeight: string;
  /** The step whose lines are marked; the first of them is scrolled to. */
  readonly selected?: number | undefined;
  /** Shows the raw JSON of all lines from the beginning. */
  readonly open?: boolean;
}

const LINE_HEIGHT = 28;

/** Lines of a run in order; only those in sight exist, so that there may be any number of them. */
export function LogList({ run, rows, maxHeight, selected, open = false }: LogListProps) {
  const styles = useStyles2(stylesOf);
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (at) => rows[at]?.index ?? at,
    overscan: 12,
  });
  const first = selected === undefined ? -1 : rows.findIndex(({ line }) => line.step_index === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not lines that came
  useEffect(() => {
    if (first >= 0) virtual.scrollToIndex(first, { align: "center" });
  }, [selected]);
  const toggle = (index: number): void =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(index)) after.add(index);
      return after;
    });
  return (
    <div ref={scroller} className={styles.scroller} style={{ maxHeight }}>
      <ol className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index: at, key, start }) => {
          const row = rows[at];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={at}
              aria-setsize={rows.length}
              aria-posinset={at + 1}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogLine
                run={run}
                row={row}
                marked={selected !== undefined && row.line.step_index === selected}
                open={toggled.has(row.index) !== open}
                onToggle={() => toggle(row.index)}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  scroller: css({ overflow: "auto", position: "relative", fontSize: theme.typography.bodySmall.fontSize }),
  list: css({ position: "relative", margin: 0, padding: 0, listStyle: "none" }),
  item: css({ position: "absolute", top: 0, left: 0, width: "100%" }),
});
