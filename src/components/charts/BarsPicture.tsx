import { useTheme2 } from "@grafana/ui";
import { memo } from "react";
import { SEVERITIES } from "../../core/wire";
import { count } from "../../core/words";
import { severityColours } from "../severity";
import { tickFormat, timeTicks } from "./barSteps";
import type { Bar } from "./bars";
import type { MarkerPlace } from "./markerPlaces";
import type { PlotFrame } from "./plot";
import { useChartTime } from "./useChartTime";

export interface BarsPictureProps {
  readonly bars: readonly Bar[];
  readonly frame: PlotFrame;
  readonly places: readonly MarkerPlace[];
}

const TICK_PX = 90;

/** What the eye sees of a chart: axes, bars from MEDIUM up to CRITICAL, dashed lines. */
export const BarsPicture = memo(function BarsPicture({ bars, frame, places }: BarsPictureProps) {
  const theme = useTheme2();
  const { offsetMs, format } = useChartTime();
  const { plot, span, width, height } = frame;
  const ticks = timeTicks(span, plot.width / TICK_PX, offsetMs(span.from));
  const text = { fill: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize };
  const gap = frame.barWidth > 6 ? 2 : 1;
  return (
    <svg width={width} height={height} aria-hidden="true" style={{ display: "block" }}>
      <g transform={`translate(${plot.left} ${plot.top})`}>
        {frame.counts.map((value) => (
          <g key={value} transform={`translate(0 ${Math.round(frame.y(value)) + 0.5})`}>
            <line x2={plot.width} stroke={theme.colors.border.weak} />
            <text x={-8} dy="0.32em" textAnchor="end" {...text}>
              {count(value)}
            </text>
          </g>
        ))}
        {ticks.map((at) => {
          const x = frame.x(at);
          // At the edges a centred text would be cut.
          const anchor = x < 20 ? "start" : x > plot.width - 20 ? "end" : "middle";
          return (
            <text key={at} x={x} y={plot.height + 16} textAnchor={anchor} {...text}>
              {format(at, tickFormat(span))}
            </text>
          );
        })}
        {bars.map((bar) => {
          let below = 0;
          return SEVERITIES.map((severity) => {
            const value = bar.counts[severity];
            if (value === 0) return null;
            const y = frame.y(below + value);
            const tall = frame.y(below) - y;
            below += value;
            return (
              <rect
                key={`${bar.from} ${severity}`}
                x={frame.x(bar.from) + gap / 2}
                y={y}
                width={Math.max(1, frame.barWidth - gap)}
                height={Math.max(1, tall - (tall > 3 ? 1 : 0))}
                fill={severityColours(theme, severity).fill}
              />
            );
          });
        })}
        {places.map(({ x }) => (
          <line
            key={x}
            x1={x}
            x2={x}
            y1={-plot.top + 4}
            y2={plot.height}
            stroke={theme.colors.text.secondary}
            strokeDasharray="3 3"
          />
        ))}
      </g>
    </svg>
  );
});
