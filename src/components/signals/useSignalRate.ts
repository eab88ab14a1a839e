import type { RefCallback } from "react";
import type { TimeSpan } from "../../logql/ask";
import type { SignalFilter, SignalGroup } from "../../logql/builders";
import { barStep, useChartTime, useWidth, wholeBars } from "../charts";
import { type Asked, useTimeRange } from "../environment";
import { useAskOnNews } from "./useAskOnNews";

export interface RateOverTime {
  /** Of the element that the chart fills: its width tells how many bars there are. */
  readonly ref: RefCallback<HTMLElement>;
  readonly width: number;
  readonly asked: Asked<"signalRate">;
  /** From the first to the last bar of the answer. */
  readonly span: TimeSpan | undefined;
  /** Length of a bar, ms. */
  readonly stepMs: number;
}

/** Signals over the time range, in as many bars as there is room for. */
export function useSignalRate(filter: SignalFilter, by: readonly SignalGroup[], news: string): RateOverTime {
  const [ref, width] = useWidth();
  const { value } = useTimeRange();
  const { offsetMs } = useChartTime();
  const from = value.from.valueOf();
  const stepMs = barStep({ from, to: value.to.valueOf() }, width);
  const offset = offsetMs(from);
  const asked = useAskOnNews(
    "signalRate",
    (range) => (width === 0 ? undefined : { range: wholeBars(range, stepMs, offset), filter, by, stepMs }),
    news,
  );
  return { ref, width, asked, span: asked.span && wholeBars(asked.span, stepMs, offset), stepMs };
}
