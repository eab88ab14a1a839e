import type { TimeSpan } from "../../logql/ask";
import { countTicks } from "./barSteps";
import type { Bar } from "./bars";

/** Where things of a chart are, px. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** From the first to the last bar. */
  readonly span: TimeSpan;
  /** Of the axis of counts, 0 first. */
  readonly counts: readonly number[];
  readonly barWidth: number;
  /** From the left of the plot. */
  readonly x: (at: number) => number;
  /** From the top of the plot. */
  readonly y: (count: number) => number;
}

const AXIS_PX = 22;
const TOP_PX = 20;
const CHARACTER_PX = 7;

/** The measures of a chart with these bars. */
export function frameOf(bars: readonly Bar[], width: number, height: number): PlotFrame {
  const span = { from: bars[0]?.from ?? 0, to: bars.at(-1)?.to ?? 1 };
  const counts = countTicks(bars.reduce((most, { total }) => Math.max(most, total), 0));
  const top = counts.at(-1) ?? 1;
  const left = String(top).length * CHARACTER_PX + 12;
  const plot = {
    left,
    top: TOP_PX,
    width: Math.max(1, width - left - 4),
    height: Math.max(1, height - TOP_PX - AXIS_PX),
  };
  return {
    width,
    height,
    plot,
    span,
    counts,
    barWidth: plot.width / Math.max(1, bars.length),
    x: (at) => ((at - span.from) / Math.max(1, span.to - span.from)) * plot.width,
    y: (count) => plot.height - (count / top) * plot.height,
  };
}
