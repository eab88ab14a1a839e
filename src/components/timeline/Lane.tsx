import { useTheme2 } from "@grafana/ui";
import { memo, type PointerEvent, useMemo } from "react";
import type { Step } from "../../core/run";
import { t } from "../text";
import { barLabels } from "./barLabels";
import { type Bar, barAt, barsOf, LEAST_WIDTH, pathOf } from "./bars";
import { kindColours } from "./colours";
import type { TimelineItem } from "./item";
import { LoopOutlines } from "./LoopOutlines";
import { BAR, laneHeight, rowAt, rowTop } from "./laneSize";
import type { Lane as LaneModel } from "./lanes";
import type { LoopOutline } from "./loops";
import { scaleOf, type TimeWindow } from "./window";

/** What the pointer is over. */
export interface Hovered {
  readonly items: readonly TimelineItem[];
  /** px in the lane. */
  readonly x: number;
  readonly lane: string;
}

export interface LaneProps {
  readonly lane: LaneModel;
  readonly loops: readonly LoopOutline[];
  readonly steps: readonly Step[];
  readonly window: TimeWindow;
  readonly width: number;
  readonly slowest: TimelineItem | undefined;
  /** The selected item, where it lies in this lane. */
  readonly selected: TimelineItem | undefined;
  readonly onHover: (hovered: Hovered | undefined) => void;
  readonly onPick: (item: TimelineItem) => void;
}

/** The bars of a lane as few SVG elements, however many calls there are. */
export const Lane = memo(function Lane(props: LaneProps) {
  const { lane, loops, steps, window, width, slowest, selected, onHover, onPick } = props;
  const theme = useTheme2();
  const colours = kindColours(theme, lane.kind);
  const rows = useMemo(() => lane.rows.map((row) => barsOf(row, window, width)), [lane, window, width]);
  const labels = useMemo(() => rows.map((bars) => barLabels(bars, width, slowest)), [rows, width, slowest]);
  const height = laneHeight(lane, loops.length > 0);
  const under = (event: PointerEvent<SVGSVGElement>): { readonly bar: Bar; readonly x: number } | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const bar = barAt(rows[rowAt(lane, event.clientY - box.top)] ?? [], x);
    return bar && { bar, x };
  };
  const failed = theme.colors.error.main;
  const scale = scaleOf(window, width);
  const selectedRow = selected === undefined ? -1 : lane.rows.findIndex((row) => row.items.includes(selected));
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={summaryOf(lane)}
      style={{ display: "block", overflow: "hidden" }}
      onPointerMove={(event) => {
        const found = under(event);
        onHover(found && { items: found.bar.items, x: Math.max(0, found.bar.x), lane: lane.key });
      }}
      onPointerLeave={() => onHover(undefined)}
      onPointerUp={(event) => {
        const [item] = under(event)?.bar.items ?? [];
        if (item !== undefined && event.button === 0) onPick(item);
      }}
    >
      <LoopOutlines loops={loops} steps={steps} window={window} width={width} height={height} />
      {rows.map((bars, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <g key={row}>
          <path
            d={pathOf(
              bars.filter((bar) => bar.answered),
              rowTop(row),
              BAR,
            )}
            fill={colours.fill}
          />
          <path
            d={pathOf(
              bars.filter((bar) => !bar.answered),
              rowTop(row),
              BAR,
            )}
            fill={colours.fill}
            fillOpacity={0.35}
            stroke={colours.fill}
            strokeDasharray="3 2"
          />
          <path d={pathOf(bars.filter((bar) => bar.failed).map(edgeOf), rowTop(row), BAR)} fill={failed} />
        </g>
      ))}
      {selected !== undefined && selectedRow >= 0 && (
        <rect
          x={scale(selected.start) - 2}
          y={rowTop(selectedRow) - 2}
          width={Math.max(scale(selected.end) - scale(selected.start), LEAST_WIDTH) + 4}
          height={BAR + 4}
          rx={3}
          fill="none"
          stroke={theme.colors.text.maxContrast}
          strokeWidth={2}
        />
      )}
      {labels.map((inRow, row) =>
        inRow.map((label) => (
          <text
            key={`${label.place} ${label.item.start} ${label.item.step_index}`}
            x={label.x}
            y={rowTop(row) + BAR / 2}
            dominantBaseline="central"
            textAnchor={label.anchor}
            fontSize={11}
            pointerEvents="none"
            fill={label.place === "inside" ? colours.on : wordColour(label.failed)}
          >
            {label.text}
          </text>
        )),
      )}
    </svg>
  );

  function wordColour(isFailed: boolean): string {
    return isFailed ? theme.colors.error.text : theme.colors.text.secondary;
  }
});

/** The red edge of a failed call, inside a bar wide enough to keep its hue. */
function edgeOf(bar: Bar): Bar {
  return { ...bar, width: Math.min(4, bar.width) };
}

function summaryOf({ label, count, rows }: LaneModel): string {
  const failed = rows.reduce((sum, row) => sum + row.items.filter((item) => item.failed).length, 0);
  return failed === 0
    ? t("timeline.lane.calls", "{{label}}: {{calls}} calls", { label, calls: count })
    : t("timeline.lane.failedCalls", "{{label}}: {{calls}} calls, {{failed}} failed", { label, calls: count, failed });
}
