import type { Labels } from "../../../logql/api";
import type { EntrySource } from "../../entries";
import type { Grouping, RangeAggregation } from "../ast/metric";
import { hintsOf } from "../pipeline/hints";
import { labelTest, READERS } from "../pipeline/labelTest";
import { isFailed, LineLabels } from "../pipeline/lineLabels";
import { pipelineOf } from "../pipeline/pipeline";
import { groupOf, isSingle } from "./grouping";
import { keyOf } from "./series";

/** The samples of one series, by time. */
export interface SampleSeries {
  readonly key: string;
  readonly labels: Labels;
  /** A line that could not be read made this series: a window with it makes the query fail. */
  readonly failed: boolean;
  /** Nanoseconds after the first step of the query, offset included. */
  readonly times: number[];
  readonly values: number[];
}

/** First and last step of a query, nanoseconds. */
export interface Steps {
  readonly start: bigint;
  readonly end: bigint;
}

/** A line as a number; undefined for a line that is no sample. */
type Measure = (line: string, labels: LineLabels) => number | undefined;

/**
 * Reads the samples of a range aggregation in one pass.
 *
 * @param outer grouping of a `sum` around it, which Loki lets take over so that fewer series come to be
 */
export function extractSeries(
  expr: RangeAggregation,
  outer: Grouping | undefined,
  source: EntrySource,
  steps: Steps,
): SampleSeries[] {
  const grouping = outer ?? expr.grouping;
  const pipeline = pipelineOf(expr.log.stages, hintsOf(expr.log.stages, groupingForHints(expr, grouping), expr.unwrap));
  const measure = measureOf(expr);
  const labelsOf = seriesLabels(expr, grouping);
  const found = new Map<string, SampleSeries>();
  const range = {
    start: steps.start - expr.offset - expr.window + 1n,
    end: steps.end - expr.offset + 1n,
    direction: "forward",
  } as const;
  const origin = steps.start - expr.offset;
  const lineLabels = new LineLabels();
  for (const stream of source.select(expr.log.matchers, range)) {
    for (const entry of stream.entries) {
      lineLabels.reset(stream.labels, entry.metadata);
      if (!pipeline(entry.line, lineLabels)) continue;
      const value = measure(entry.line, lineLabels);
      if (value === undefined) continue;
      const labels = labelsOf(stream.labels, lineLabels);
      const key = keyOf(labels);
      let series = found.get(key);
      if (series === undefined) {
        series = { key, labels, failed: isFailed(labels), times: [], values: [] };
        found.set(key, series);
      }
      series.times.push(Number(entry.ts - origin));
      series.values.push(value);
    }
  }
  return [...found.values()].map(ordered);
}

function groupingForHints(expr: RangeAggregation, grouping: Grouping | undefined): Grouping | undefined {
  return expr.op === "absent_over_time" ? { without: false, labels: [] } : grouping;
}

function measureOf(expr: RangeAggregation): Measure {
  const { unwrap } = expr;
  if (unwrap === undefined) {
    return expr.op === "bytes_over_time" || expr.op === "bytes_rate" ? (line) => Buffer.byteLength(line) : () => 1;
  }
  const read = READERS[unwrap.as];
  const tests = unwrap.filters.map(labelTest);
  const scale = unwrap.as === "duration" ? 1e9 : 1;
  return (_, labels) => {
    const text = labels.get(unwrap.label) ?? "";
    if (text === "") return undefined;
    const value = read(text);
    if (typeof value !== "number") labels.fail("SampleExtractionErr", value.problem);
    // All of them are asked, because each can mark the line.
    let kept = true;
    for (const test of tests) kept = test(labels) && kept;
    if (!kept) return undefined;
    return typeof value === "number" ? value / scale : 0;
  };
}

function seriesLabels(
  expr: RangeAggregation,
  grouping: Grouping | undefined,
): (stream: Labels, labels: LineLabels) => Labels {
  const { unwrap } = expr;
  const single = isSingle(grouping) || expr.op === "absent_over_time";
  const none: Labels = {};
  const group = groupWith(grouping, unwrap?.label);
  return (stream, labels) => {
    if (labels.hasError) return labels.all();
    if (single) return none;
    if (group === undefined) return labels.isUnchanged ? stream : labels.all();
    if (!group.without) return labels.pick(group.labels);
    return groupOf(labels.all(), group);
  };
}

/** Without groups the unwrapped label is left out, so that its values do not make series. */
function groupWith(grouping: Grouping | undefined, unwrapped: string | undefined): Grouping | undefined {
  if (unwrapped === undefined) return grouping;
  if (grouping !== undefined && !grouping.without && grouping.labels.length > 0) return grouping;
  return { without: true, labels: [...(grouping?.labels ?? []), unwrapped] };
}

/** Streams are read one after the other: their samples may meet in one series. */
function ordered(series: SampleSeries): SampleSeries {
  const { times, values } = series;
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time))) return series;
  const order = times.map((_, index) => index).sort((left, right) => (times[left] ?? 0) - (times[right] ?? 0));
  return {
    ...series,
    times: order.map((index) => times[index] ?? 0),
    values: order.map((index) => values[index] ?? 0),
  };
}
