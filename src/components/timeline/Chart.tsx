import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { t } from "../text";
import { Backdrop } from "./Backdrop";
import { BarTip } from "./BarTip";
import type { TimelineItem } from "./item";
import { type Hovered, Lane } from "./Lane";
import type { Lane as LaneModel } from "./lanes";
import { MarkLane } from "./MarkLane";
import { Minimap } from "./Minimap";
import { eventMarks, signalMarks } from "./marks";
import { NestedRuns } from "./NestedRuns";
import type { NestedRun, TimelineSignal } from "./signal";
import { useDragZoom } from "./useDragZoom";
import type { TimelineModel } from "./useTimeline";
import { useWheel } from "./useWheel";
import type { WindowState } from "./useWindow";
import { scaleOf } from "./window";

/** Below this the names of lanes stand above their bars, px. */
const NARROW = 560;

export interface ChartProps {
  readonly model: TimelineModel;
  readonly view: WindowState;
  /** px */
  readonly width: number;
  readonly signals: readonly TimelineSignal[];
  readonly nested: readonly NestedRun[];
  readonly selected: TimelineItem | undefined;
  /** Says what is known of the selected item where nothing is pointed at. */
  readonly tipOnSelected: boolean;
  readonly onPick: (item: TimelineItem) => void;
  readonly onPickStep: (step_index: number) => void;
  readonly onOpenRun: ((run_id: string) => void) | undefined;
}

const NO_LOOPS: TimelineModel["loops"] = [];

/** The run by time: an axis, lanes of calls, marks, nested runs and the whole run below. */
export function Chart(props: ChartProps) {
  const { model, view, width, signals, nested, selected, tipOnSelected, onPick, onPickStep, onOpenRun } = props;
  const styles = useStyles2(stylesOf);
  const narrow = width < NARROW;
  const names = narrow ? 0 : Math.round(Math.min(220, Math.max(120, width * 0.14)));
  const plot = Math.max(width - names, 50);
  const [hovered, setHovered] = useState<Hovered | undefined>(undefined);
  const events = useMemo(() => eventMarks(model), [model]);
  const found = useMemo(() => signalMarks(model, signals), [model, signals]);
  const loops = useMemo(() => loopsByLane(model), [model]);
  const drag = useDragZoom(view, plot, names);
  const wheel = useWheel(view, plot, names);
  const { dragged } = drag;
  const pick = useCallback((item: TimelineItem) => !dragged() && onPick(item), [dragged, onPick]);
  const row = (key: string, label: ReactNode, content: ReactNode) => (
    <div key={key} className={cx(styles.row, narrow && styles.stacked)}>
      <div className={styles.name} style={{ width: narrow ? "auto" : names }}>
        {label}
      </div>
      <div className={styles.content}>{content}</div>
    </div>
  );
  return (
    <div className={styles.chart} style={{ width }} data-testid="timeline-chart">
      <div ref={wheel} className={styles.plot} {...drag.handlers}>
        <Backdrop model={model} view={view} left={names} width={plot} />
        {drag.band !== undefined && (
          <div className={styles.band} style={{ left: names + drag.band.x, width: drag.band.width }} />
        )}
        {model.lanes.length === 0 && <p className={styles.empty}>{t("timeline.noCalls", "No calls in this run.")}</p>}
        {model.lanes.map((lane) => {
          const key = lane.key;
          const isHere = selected !== undefined && holds(lane, selected);
          return row(
            key,
            <span title={lane.label}>{lane.label}</span>,
            <>
              <Lane
                lane={lane}
                loops={loops.get(key) ?? NO_LOOPS}
                steps={model.run.steps}
                window={view.window}
                width={plot}
                slowest={model.slowest}
                selected={isHere ? selected : undefined}
                onHover={setHovered}
                onPick={pick}
              />
              {hovered?.lane === key && <BarTip items={hovered.items} x={hovered.x} width={plot} />}
              {isHere && tipOnSelected && hovered === undefined && (
                <BarTip items={[selected]} x={scaleOf(view.window, plot)(selected.start)} width={plot} />
              )}
            </>,
          );
        })}
        {events.length > 0 &&
          row(
            "events",
            t("timeline.lane.events", "from outside"),
            <MarkLane marks={events} window={view.window} width={plot} onPick={onPickStep} />,
          )}
        {found.length > 0 &&
          row(
            "signals",
            t("timeline.lane.signals", "signals"),
            <MarkLane marks={found} window={view.window} width={plot} onPick={onPickStep} />,
          )}
        <NestedRuns nested={nested} model={model} window={view.window} width={plot} onOpenRun={onOpenRun} row={row} />
      </div>
      {row(
        "whole",
        <span className={styles.whole}>{t("timeline.wholeRun", "whole run")}</span>,
        <Minimap model={model} view={view} width={plot} />,
      )}
    </div>
  );
}

function loopsByLane({ loops }: TimelineModel): Map<string, TimelineModel["loops"]> {
  const lanes = new Map<string, TimelineModel["loops"][number][]>();
  for (const loop of loops) lanes.set(loop.lane, [...(lanes.get(loop.lane) ?? []), loop]);
  return lanes;
}

function holds(lane: LaneModel, item: TimelineItem): boolean {
  return lane.kind === item.kind && lane.rows.some((row) => row.items.includes(item));
}

const stylesOf = (theme: GrafanaTheme2) => ({
  chart: css({ position: "relative" }),
  plot: css({ position: "relative", paddingTop: theme.spacing(3.5), paddingBottom: theme.spacing(3) }),
  row: css({
    display: "flex",
    position: "relative",
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    "&:last-child": { borderBottom: "none" },
  }),
  stacked: css({ flexDirection: "column", "& > :first-child": { paddingTop: theme.spacing(0.5) } }),
  name: css({
    flex: "none",
    boxSizing: "border-box",
    display: "flex",
    alignItems: "center",
    paddingRight: theme.spacing(1.5),
    fontSize: theme.typography.bodySmall.fontSize,
    minWidth: 0,
    "& > span": { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  }),
  content: css({ flex: "1 1 auto", minWidth: 0, position: "relative" }),
  whole: css({ color: theme.colors.text.secondary }),
  empty: css({ color: theme.colors.text.secondary, margin: 0, padding: theme.spacing(1) }),
  band: css({
    position: "absolute",
    top: 0,
    bottom: 0,
    background: theme.colors.action.selected,
    border: `1px solid ${theme.colors.border.strong}`,
    pointerEvents: "none",
    zIndex: 1,
  }),
});
