import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { memo, type PointerEvent, useMemo, useRef } from "react";
import { t } from "../text";
import { barsOf, pathOf } from "./bars";
import { kindColours } from "./colours";
import type { ItemKind } from "./item";
import type { TimelineModel } from "./useTimeline";
import type { WindowState } from "./useWindow";
import { scaleOf, timeAt } from "./window";

const HEIGHT = 26;
const BAR = 5;
const TOPS: Readonly<Record<ItemKind, number>> = { llm: 3, tool: 9, retrieval: 15, span: 20 };
/** A pointer so near an edge moves that edge, px. */
const EDGE = 6;

interface MinimapProps {
  readonly model: TimelineModel;
  readonly view: WindowState;
  readonly width: number;
}

/** The whole run, small, with what is seen of it. Dragging moves the window, dragging an edge changes it. */
export function Minimap({ model, view, width }: MinimapProps) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const { window, whole } = view;
  const x = scaleOf(whole, width);
  const [left, right] = [x(window.from), x(window.to)];
  const held = useRef<{ readonly part: "from" | "to" | "all"; readonly offset: number } | undefined>(undefined);
  const timeOf = (event: PointerEvent<Element>): number =>
    timeAt(whole, width, event.clientX - event.currentTarget.getBoundingClientRect().left);
  return (
    <svg
      width={width}
      height={HEIGHT}
      className={styles.map}
      role="img"
      aria-label={t("timeline.map", "The whole run, and the part that is seen")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const time = timeOf(event);
        const at = x(time);
        const span = window.to - window.from;
        if (Math.abs(at - left) <= EDGE) held.current = { part: "from", offset: 0 };
        else if (Math.abs(at - right) <= EDGE) held.current = { part: "to", offset: 0 };
        else if (at > left && at < right) held.current = { part: "all", offset: time - window.from };
        else {
          held.current = { part: "all", offset: span / 2 };
          view.set(time - span / 2, time + span / 2);
        }
      }}
      onPointerMove={(event) => {
        const { part, offset } = held.current ?? {};
        if (part === undefined || offset === undefined) return;
        const time = timeOf(event);
        if (part === "from") view.set(Math.min(time, window.to - 1), window.to);
        else if (part === "to") view.set(window.from, Math.max(time, window.from + 1));
        else view.pan((time - offset - window.from) / (window.to - window.from));
      }}
      onPointerUp={() => {
        held.current = undefined;
      }}
      onDoubleClick={view.reset}
    >
      <Overview model={model} width={width} />
      <rect
        x={Math.max(left, 0) + 0.5}
        y={0.5}
        width={Math.max(Math.min(right, width) - Math.max(left, 0) - 1, 3)}
        height={HEIGHT - 1}
        fill={theme.colors.primary.transparent}
        stroke={theme.colors.primary.border}
        rx={2}
      />
    </svg>
  );
}

/** Drawn once per run and width. */
const Overview = memo(function Overview({ model, width }: Pick<MinimapProps, "model" | "width">) {
  const theme = useTheme2();
  const { lanes, length } = model;
  const drawn = useMemo(
    () =>
      lanes.flatMap((lane) =>
        lane.rows.map((row) => {
          const bars = barsOf(row, { from: 0, to: length * 1.02 }, width);
          return {
            kind: lane.kind,
            path: pathOf(bars, TOPS[lane.kind], BAR),
            failed: pathOf(
              bars.filter((bar) => bar.failed).map((bar) => ({ ...bar, width: 2 })),
              TOPS[lane.kind] - 1,
              BAR + 2,
            ),
          };
        }),
      ),
    [lanes, length, width],
  );
  return (
    <>
      {drawn.map(({ kind, path, failed }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <g key={at}>
          <path d={path} fill={kindColours(theme, kind).fill} />
          <path d={failed} fill={theme.colors.error.main} />
        </g>
      ))}
    </>
  );
});

const stylesOf = (theme: GrafanaTheme2) => ({
  map: css({
    display: "block",
    marginTop: theme.spacing(1),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    touchAction: "none",
    cursor: "grab",
    "&:active": { cursor: "grabbing" },
  }),
});
