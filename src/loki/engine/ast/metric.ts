import type { Comparison } from "./labelFilter";
import type { LogExpr, Unwrap } from "./log";

export type RangeOp =
  | "count_over_time"
  | "rate"
  | "bytes_over_time"
  | "bytes_rate"
  | "sum_over_time"
  | "avg_over_time"
  | "max_over_time"
  | "min_over_time"
  | "quantile_over_time"
  | "first_over_time"
  | "last_over_time"
  | "absent_over_time";

export type VectorOp = "sum" | "count" | "max" | "min" | "avg" | "topk" | "bottomk" | "sort" | "sort_desc";

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "^" | Comparison;

/** `by (…)`, or `without (…)`. */
export interface Grouping {
  readonly without: boolean;
  readonly labels: readonly string[];
}

export interface RangeAggregation {
  readonly kind: "range";
  readonly op: RangeOp;
  /** Of `quantile_over_time`, 0 to 1. */
  readonly quantile?: number;
  readonly log: LogExpr;
  readonly unwrap?: Unwrap;
  readonly grouping?: Grouping;
  /** Length of the window and its distance from the point, nanoseconds. */
  readonly window: bigint;
  readonly offset: bigint;
}

export interface VectorAggregation {
  readonly kind: "aggregation";
  readonly op: VectorOp;
  /** How many series `topk` and `bottomk` keep. */
  readonly keep: number;
  readonly grouping: Grouping;
  readonly inner: MetricExpr;
}

export interface BinaryExpr {
  readonly kind: "binary";
  readonly op: BinaryOp;
  /** Whether a comparison answers 0 or 1 instead of filtering. */
  readonly bool: boolean;
  readonly left: MetricExpr;
  readonly right: MetricExpr;
}

export interface LiteralExpr {
  readonly kind: "literal";
  readonly value: number;
}

/** `vector(n)`: one sample without labels. */
export interface VectorExpr {
  readonly kind: "vector";
  readonly value: number;
}

export type MetricExpr = RangeAggregation | VectorAggregation | BinaryExpr | LiteralExpr | VectorExpr;

const COMPARISONS: ReadonlySet<string> = new Set([">", ">=", "<", "<=", "==", "!="]);

export function isComparison(op: BinaryOp): op is Comparison {
  return COMPARISONS.has(op);
}
