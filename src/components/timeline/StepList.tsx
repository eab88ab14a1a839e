import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useId, useRef } from "react";
import { useWidth } from "../charts";
import { t } from "../text";
import type { TimelineItem } from "./item";
import { ROW_HEIGHT, StepRow } from "./StepRow";
import type { TimeWindow } from "./window";

export interface StepListProps {
  readonly items: readonly TimelineItem[];
  /** The place of the selected item. */
  readonly at: number | undefined;
  readonly slowest: TimelineItem | undefined;
  readonly window: TimeWindow;
  /** Places of what was looked for. */
  readonly found: ReadonlySet<number>;
  /** px; bounded, because only what is seen is drawn. */
  readonly height: number;
  readonly onPick: (at: number) => void;
}

/** Beyond what is seen, so that scrolling shows no holes. */
const OVERSCAN = 10;

/** One row per step: the text alternative of the chart, and the second view of its selection. Only what is seen is drawn. */
export const StepList = memo(function StepList({ items, at, slowest, window, found, height, onPick }: StepListProps) {
  const styles = useStyles2(stylesOf);
  const scroll = useRef<HTMLDivElement>(null);
  const [measure, width] = useWidth();
  const id = useId();
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  useEffect(() => {
    if (at !== undefined) rows.scrollToIndex(at, { align: "auto" });
  }, [rows, at]);
  return (
    <div
      ref={scroll}
      className={styles.list}
      style={{ height }}
      role="listbox"
      tabIndex={0}
      aria-label={t("timeline.list", "Steps of the run")}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      data-testid="timeline-list"
    >
      <div ref={measure} role="presentation" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <StepRow
              key={index}
              id={`${id}-${index}`}
              item={item}
              place={index}
              count={items.length}
              top={start}
              width={width}
              isSelected={index === at}
              isFound={found.has(index)}
              isSlowest={item === slowest}
              window={window}
              onPick={onPick}
            />
          );
        })}
      </div>
    </div>
  );
});

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    overflowY: "auto",
    overflowX: "hidden",
    flex: "none",
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -1 },
  }),
});
