import type { RangeAggregation } from "../ast/metric";
import type { SampleSeries } from "./extract";
import { SortedWindow } from "./quantile";

/** The samples of a series from `from` up to, but without, `to`. */
type Aggregate = (values: readonly number[], from: number, to: number) => number;

/** A window that slides over a series from step to step. */
export class SlidingWindow {
  private from = 0;
  private to = 0;
  private readonly sorted: SortedWindow | undefined;

  constructor(
    readonly series: SampleSeries,
    private readonly expr: RangeAggregation,
  ) {
    this.sorted = expr.op === "quantile_over_time" ? new SortedWindow() : undefined;
  }

  /**
   * The value of the window that ends at a time and does not hold its own start.
   *
   * @param end nanoseconds after the first step, never less than before
   * @returns undefined without samples
   */
  at(end: number): number | undefined {
    const { times, values } = this.series;
    const start = end - Number(this.expr.window);
    for (let time = times[this.to]; time !== undefined && time <= end; time = times[this.to]) {
      this.sorted?.add(values[this.to] ?? 0);
      this.to += 1;
    }
    for (
      let time = times[this.from];
      this.from < this.to && time !== undefined && time <= start;
      time = times[this.from]
    ) {
      this.sorted?.remove(values[this.from] ?? 0);
      this.from += 1;
    }
    if (this.from === this.to) return undefined;
    if (this.sorted !== undefined) return this.sorted.quantile(this.expr.quantile ?? 0);
    return aggregateOf(this.expr)(values, this.from, this.to);
  }
}

function aggregateOf(expr: RangeAggregation): Aggregate {
  const seconds = Number(expr.window) / 1e9;
  switch (expr.op) {
    case "count_over_time":
      return (_, from, to) => to - from;
    case "rate":
      return expr.unwrap === undefined
        ? (_, from, to) => (to - from) / seconds
        : (values, from, to) => sum(values, from, to) / seconds;
    case "bytes_rate":
      return (values, from, to) => sum(values, from, to) / seconds;
    case "bytes_over_time":
    case "sum_over_time":
      return sum;
    case "avg_over_time":
      return mean;
    case "max_over_time":
      return (values, from, to) => extreme(values, from, to, (value, most) => value > most);
    case "min_over_time":
      return (values, from, to) => extreme(values, from, to, (value, least) => value < least);
    case "first_over_time":
      return (values, from) => values[from] ?? Number.NaN;
    case "last_over_time":
      return (values, _, to) => values[to - 1] ?? Number.NaN;
    default:
      return () => 1;
  }
}

function sum(values: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += values[index] ?? 0;
  return total;
}

/** The mean kept up to date from value to value, as Loki does, so that the last digits agree. */
function mean(values: readonly number[], from: number, to: number): number {
  let average = 0;
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? 0;
    const count = index - from + 1;
    const infinite = Math.abs(average) === Number.POSITIVE_INFINITY;
    if (infinite && (value === average || Number.isFinite(value))) continue;
    average += value / count - average / count;
  }
  return average;
}

/** NaN counts only when there is nothing else. */
function extreme(
  values: readonly number[],
  from: number,
  to: number,
  beats: (value: number, best: number) => boolean,
): number {
  let best = values[from] ?? Number.NaN;
  for (let index = from + 1; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (beats(value, best) || Number.isNaN(best)) best = value;
  }
  return best;
}
