import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { memo, useId, useMemo } from "react";
import { duration } from "../../core/words";
import { t } from "../text";
import { gapBands } from "./gapBands";
import { ticksOf } from "./ticks";
import type { TimelineModel } from "./useTimeline";
import type { WindowState } from "./useWindow";
import { scaleOf } from "./window";

interface BackdropProps {
  readonly model: TimelineModel;
  readonly view: WindowState;
  /** Where the plot begins, and how wide it is, px. */
  readonly left: number;
  readonly width: number;
}

/** A label takes about so much, px. */
const LABEL = 150;

/** Behind the lanes: the axis with its lines, waits, and the end of the run. */
export const Backdrop = memo(function Backdrop({ model, view, left, width }: BackdropProps) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const pattern = `wait-${useId().replace(/[^\w-]/g, "")}`;
  const { run, origin, length } = model;
  const gaps = useMemo(() => gapBands(run, origin, length), [run, origin, length]);
  const ticks = useMemo(() => ticksOf(view.window, width), [view.window, width]);
  const x = scaleOf(view.window, width);
  const end = x((run.ended_at - origin) / 1000);
  const isFailed = run.status === "errored";
  const colour = isFailed ? theme.colors.error.main : theme.colors.text.secondary;
  return (
    <div className={styles.back} style={{ left, width }} aria-hidden="true">
      <svg className={styles.svg} width={width} height="100%" aria-hidden="true">
        <defs>
          <pattern id={pattern} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" stroke={theme.colors.border.medium} strokeWidth="1.5" />
          </pattern>
        </defs>
        {ticks.map((tick) => (
          <line
            key={tick.at}
            x1={Math.round(x(tick.at)) + 0.5}
            x2={Math.round(x(tick.at)) + 0.5}
            y1={22}
            y2="100%"
            stroke={theme.colors.border.weak}
          />
        ))}
        {gaps.map((gap) => {
          const [from, to] = [Math.max(x(gap.start), 0), Math.min(x(gap.end), width)];
          return to - from < 3 ? null : (
            <rect
              key={gap.start}
              x={from}
              y={28}
              width={to - from}
              height="100%"
              fill={`url(#${pattern})`}
              opacity={gap.user ? 0.7 : 0.4}
            />
          );
        })}
        {end >= 0 && end <= width && <line x1={end} x2={end} y1={22} y2="100%" stroke={colour} strokeWidth={2} />}
      </svg>
      {ticks.map((tick) => (
        <span key={tick.at} className={styles.tick} style={{ left: x(tick.at) + 3 }}>
          {tick.label}
        </span>
      ))}
      {gaps.map((gap) => {
        const [from, to] = [Math.max(x(gap.start), 0), Math.min(x(gap.end), width)];
        if (to - from < LABEL) return null;
        return (
          <span key={gap.start} className={styles.gap} style={{ left: from, width: to - from }}>
            {gap.user
              ? t("timeline.gap.user", "waits for the user · {{ms}}", { ms: duration(gap.ms) })
              : t("timeline.gap.agent", "no call open · {{ms}}", { ms: duration(gap.ms) })}
          </span>
        );
      })}
      {end >= 0 && end <= width && (
        <span
          className={styles.end}
          style={{
            color: isFailed ? theme.colors.error.text : theme.colors.text.secondary,
            ...(end > LABEL ? { right: width - end + 5 } : { left: end + 5 }),
          }}
        >
          {endWords(model)}
        </span>
      )}
    </div>
  );
});

function endWords({ run }: TimelineModel): string {
  const time = duration((run.ended_at - run.started_at) / 1000);
  switch (run.status) {
    case "errored":
      return t("timeline.end.errored", "run.errored {{time}}", { time });
    case "completed":
      return t("timeline.end.completed", "run.completed {{time}}", { time });
    case "running":
      return t("timeline.end.running", "running for {{time}}", { time });
    case "stalled":
      return t("timeline.end.stalled", "nothing since {{time}}", { time });
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  back: css({ position: "absolute", top: 0, bottom: 0, overflow: "hidden", pointerEvents: "none" }),
  svg: css({ position: "absolute", inset: 0 }),
  tick: css({
    position: "absolute",
    top: 2,
    fontSize: 11,
    color: theme.colors.text.secondary,
    whiteSpace: "nowrap",
    fontVariantNumeric: "tabular-nums",
  }),
  gap: css({
    position: "absolute",
    bottom: 2,
    fontSize: 11,
    textAlign: "center",
    color: theme.colors.text.secondary,
    overflow: "hidden",
    whiteSpace: "nowrap",
    textOverflow: "ellipsis",
  }),
  end: css({ position: "absolute", bottom: 2, fontSize: 11, whiteSpace: "nowrap" }),
});
