import type { Labels } from "../../../logql/api";
import type { EntrySource } from "../../entries";
import type { BinaryExpr, Grouping, MetricExpr, RangeAggregation, VectorAggregation } from "../ast/metric";
import { QueryError, tooManySeries } from "../errors";
import { ERROR } from "../pipeline/lineLabels";
import { aggregator } from "./aggregate";
import { withNumber, withVector } from "./combine";
import { extractSeries, type SampleSeries, type Steps } from "./extract";
import { piecesOf } from "./pieces";
import { keyOf, labelsText, type Sample } from "./series";
import { limitedParts, PIECE_NS, splitWindows } from "./seriesLimit";
import { SlidingWindow } from "./window";

/** The samples at one step after the other; `at` is nanoseconds after the first step. */
export type Evaluator = (at: number) => readonly Sample[];

export interface EvaluatorOptions {
  readonly source: EntrySource;
  readonly steps: Steps;
  readonly maxSeries: number;
  readonly instant: boolean;
}

/**
 * Prepares a metric query: reads its samples, and counts series where Loki would.
 *
 * @throws QueryError here or at a step: too many series, or lines that could not be read
 */
export function evaluatorOf(expr: MetricExpr, options: EvaluatorOptions): Evaluator {
  const windows = options.instant ? splitWindows(expr) : [];
  const parts = windows.length > 0 ? new Set<MetricExpr>() : limitedParts(expr);
  return new Preparation(options, parts, new Map(windows.map(({ range, around }) => [range, around]))).evaluator(expr);
}

class Preparation {
  constructor(
    private readonly options: EvaluatorOptions,
    private readonly parts: ReadonlySet<MetricExpr>,
    private readonly windows: ReadonlyMap<RangeAggregation, VectorAggregation | undefined>,
  ) {}

  evaluator(expr: MetricExpr): Evaluator {
    const evaluate = this.plain(expr);
    return this.parts.has(expr) ? this.limited(evaluate) : evaluate;
  }

  private plain(expr: MetricExpr): Evaluator {
    switch (expr.kind) {
      case "literal":
      case "vector": {
        const sample = [{ key: "", labels: {}, value: expr.value }];
        return () => sample;
      }
      case "range":
        return this.range(expr, undefined);
      case "aggregation":
        return this.aggregation(expr);
      case "binary":
        return this.binary(expr);
    }
  }

  private aggregation(expr: VectorAggregation): Evaluator {
    const { inner } = expr;
    if (inner.kind === "literal") throw new QueryError(500, "unexpected expr type (*syntax.LiteralExpr)");
    const evaluate =
      inner.kind === "range" && takesOver(expr, inner) ? this.range(inner, expr.grouping) : this.evaluator(inner);
    const aggregate = aggregator(expr);
    return (at) => aggregate(evaluate(at));
  }

  private binary(expr: BinaryExpr): Evaluator {
    const { left, right } = expr;
    if (left.kind === "literal") {
      const evaluate = this.evaluator(right);
      return (at) => withNumber(expr, evaluate(at), left.value, true);
    }
    const evaluate = this.evaluator(left);
    if (right.kind === "literal") return (at) => withNumber(expr, evaluate(at), right.value, false);
    const other = this.evaluator(right);
    return (at) => withVector(expr, evaluate(at), other(at));
  }

  private range(expr: RangeAggregation, outer: Grouping | undefined): Evaluator {
    if (this.windows.has(expr)) return this.pieces(expr, this.windows.get(expr));
    const evaluate = overSeries(expr, extractSeries(expr, outer, this.options.source, this.options.steps));
    if (expr.op !== "absent_over_time") return evaluate;
    const absent = [absentSample(expr)];
    return (at) => (evaluate(at).length > 0 ? [] : absent);
  }

  /** Counts the series of a part, anew for every hour as Loki splits the time. */
  private limited(evaluate: Evaluator): Evaluator {
    const { maxSeries, steps } = this.options;
    const origin = Number(steps.start % PIECE_NS);
    let seen = new Set<string>();
    let hour = Number.NaN;
    return (at) => {
      const samples = evaluate(at);
      const now = Math.floor((origin + at) / Number(PIECE_NS));
      if (now !== hour) seen = new Set();
      hour = now;
      for (const { key } of samples) seen.add(key);
      if (seen.size > maxSeries) throw tooManySeries(maxSeries);
      return samples;
    };
  }

  /** A window that Loki cuts into hours; the series of each are counted. Its samples are read once. */
  private pieces(expr: RangeAggregation, around: VectorAggregation | undefined): Evaluator {
    const { parts, merge, divisor } = piecesOf(expr);
    const [first = expr] = parts;
    const outer = around !== undefined && takesOver(around, first) ? around.grouping : undefined;
    const series = extractSeries({ ...expr, op: first.op }, outer, this.options.source, this.options.steps);
    const aggregate = around === undefined ? undefined : aggregator(around);
    const evaluators = parts.map((part) => {
      const evaluate = overSeries(part, series);
      const shift = Number(part.offset - expr.offset);
      return this.limited((at) => (aggregate === undefined ? evaluate(at - shift) : aggregate(evaluate(at - shift))));
    });
    return (at) => {
      const samples = evaluators.flatMap((evaluate) => evaluate(at));
      if (merge === "all") return samples;
      return mergedBy(merge, samples).map((sample) => ({ ...sample, value: sample.value / divisor }));
    };
  }
}

/** The samples of a range aggregation, of series that were read before. */
function overSeries(expr: RangeAggregation, series: readonly SampleSeries[]): Evaluator {
  const sliding = series.map((one) => new SlidingWindow(one, expr));
  return (at) => {
    const samples: Sample[] = [];
    for (const window of sliding) {
      const value = window.at(at);
      if (value === undefined) continue;
      const { key, labels, failed } = window.series;
      if (failed) throw pipelineError(labels);
      samples.push({ key, labels, value });
    }
    return samples;
  };
}

function mergedBy(op: "sum" | "max" | "min", samples: readonly Sample[]): Sample[] {
  const grouping = { without: true, labels: [] };
  return aggregator({ kind: "aggregation", op, keep: 0, grouping, inner: { kind: "literal", value: 0 } })(samples);
}

/** A `sum` over what can be summed up hands its groups to the reading of samples. */
function takesOver(expr: VectorAggregation, { op }: RangeAggregation): boolean {
  return expr.op === "sum" && /^(?:count_over_time|rate|bytes_over_time|bytes_rate|sum_over_time)$/.test(op);
}

function absentSample({ log }: RangeAggregation): Sample {
  const labels: Record<string, string> = {};
  const ambiguous = new Set<string>();
  for (const { name, op, value } of log.matchers) {
    if (op === "=" && !Object.hasOwn(labels, name)) labels[name] = value;
    else ambiguous.add(name);
  }
  for (const name of ambiguous) delete labels[name];
  return { key: keyOf(labels), labels, value: 1 };
}

function pipelineError(labels: Labels): QueryError {
  const error = labels[ERROR] ?? "";
  return new QueryError(
    400,
    `pipeline error: '${error}' for series: '${labelsText(labels)}'.\nUse a label filter to intentionally skip this error. (e.g | __error__!="${error}").\nTo skip all potential errors you can match empty errors.(e.g __error__="")\nThe label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )\n`,
  );
}
