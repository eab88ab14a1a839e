import type { LogQuery } from "../../logql/api";
import type { EntrySource } from "../entries";
import type { MetricExpr } from "./ast/metric";
import { QueryError, tooManySeries } from "./errors";
import { checkBounds, checkEntries, checkLength, checkStep, LIMITS, type Limits } from "./limits";
import { readLines } from "./logs";
import { evaluatorOf } from "./metrics/evaluator";
import { compareLabels, type Sample } from "./metrics/series";
import { parseQuery } from "./parse";
import type { InstantResult, LogResult, MatrixResult } from "./results";

/** A time range of a log query, `[start, end)`. */
export interface LogRange extends Omit<LogQuery, "query"> {
  /** Given with the request: Loki counts points of log queries too, although they have none. */
  readonly stepMs?: number;
}

/** Steps of a metric query: start, start + step, … up to end. */
export interface StepRange {
  readonly start: bigint;
  readonly end: bigint;
  readonly stepMs: number;
}

const MS = 1_000_000n;

/**
 * Answers LogQL as Loki does, over the entries of a store. Everything that is refused is thrown as a `QueryError` with
 * Loki's status and text.
 *
 * @example new Engine(store).instant('sum(count_over_time({agent_id="a"}[5m]))', { time: 1_700_000_000_000_000_000n })
 */
export class Engine {
  private readonly limits: Limits;

  constructor(
    private readonly source: EntrySource,
    options: { readonly limits?: Partial<Limits> } = {},
  ) {
    this.limits = { ...LIMITS, ...options.limits };
  }

  /** @throws QueryError also for a metric query */
  logs(query: string, { start, end, limit, direction, stepMs }: LogRange): LogResult {
    checkBounds(start, end);
    checkEntries(Math.min(limit, 1), this.limits);
    if (stepMs !== undefined) checkStep(start, end, stepMs, this.limits);
    const expr = parseQuery(query);
    if (expr.kind !== "log") throw new QueryError(400, "only log selector is supported");
    checkLength(start, end, this.limits);
    checkEntries(limit, this.limits);
    return { lines: readLines(expr, this.source, { start, end, direction }, limit) };
  }

  /** @param at.time nanoseconds; the window of `[5m]` is `(time − 5m, time]` */
  instant(query: string, { time }: { readonly time: bigint }): InstantResult {
    const expr = parseQuery(query);
    if (expr.kind === "log") {
      throw new QueryError(
        400,
        "log queries are not supported as an instant query type, please change your query to a range query type",
      );
    }
    const timeMs = Number(time / MS);
    if (expr.kind === "literal") return { kind: "scalar", timeMs, value: expr.value };
    const evaluate = evaluatorOf(expr, {
      source: this.source,
      steps: { start: time, end: time },
      maxSeries: this.limits.max_query_series,
      instant: true,
    });
    const samples = [...evaluate(0)];
    this.checkSeries(samples.length);
    if (!isSorted(expr)) samples.sort(byLabels);
    return { kind: "vector", timeMs, samples };
  }

  /** The start is moved back to a multiple of the step and the end on to one, as Loki does. */
  range(query: string, { start, end, stepMs }: StepRange): MatrixResult {
    checkBounds(start, end);
    checkStep(start, end, stepMs, this.limits);
    const expr = parseQuery(query);
    if (expr.kind === "log") throw new QueryError(400, "only sample expression supported");
    checkLength(start, end, this.limits);
    const step = BigInt(Math.round(stepMs * 1e6));
    const first = start - (start % step);
    const last = end + ((step - (end % step)) % step);
    const evaluate = evaluatorOf(expr, {
      source: this.source,
      steps: { start: first, end: last },
      maxSeries: this.limits.max_query_series,
      instant: false,
    });
    return this.matrix(evaluate, first, last, step);
  }

  private matrix(evaluate: (at: number) => readonly Sample[], first: bigint, last: bigint, step: bigint): MatrixResult {
    const series = new Map<string, { labels: Sample["labels"]; points: { timeMs: number; value: number }[] }>();
    for (let time = first; time <= last; time += step) {
      const timeMs = Number(time / MS);
      for (const { key, labels, value } of evaluate(Number(time - first))) {
        const known = series.get(key);
        if (known !== undefined) known.points.push({ timeMs, value });
        else {
          this.checkSeries(series.size + 1);
          series.set(key, { labels, points: [{ timeMs, value }] });
        }
      }
    }
    return { series: [...series.values()].sort(byLabels) };
  }

  private checkSeries(count: number): void {
    if (count > this.limits.max_query_series) throw tooManySeries(this.limits.max_query_series);
  }
}

function byLabels(left: { readonly labels: Sample["labels"] }, right: { readonly labels: Sample["labels"] }): number {
  return compareLabels(left.labels, right.labels);
}

function isSorted(expr: MetricExpr): boolean {
  switch (expr.kind) {
    case "aggregation":
      return expr.op === "sort" || expr.op === "sort_desc" || isSorted(expr.inner);
    case "binary":
      return isSorted(expr.left) || isSorted(expr.right);
    default:
      return false;
  }
}
