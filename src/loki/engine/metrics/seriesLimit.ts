import type { MetricExpr, RangeAggregation, RangeOp, VectorAggregation } from "../ast/metric";

/** Loki's frontend splits longer windows of instant queries, and time ranges, into pieces of this length. */
export const PIECE_NS = 3_600_000_000_000n;

const SUMMABLE: ReadonlySet<RangeOp> = new Set<RangeOp>([
  "count_over_time",
  "rate",
  "bytes_over_time",
  "bytes_rate",
  "sum_over_time",
  "max_over_time",
  "min_over_time",
]);
const SHARDED: ReadonlySet<RangeOp> = new Set<RangeOp>([...SUMMABLE, "avg_over_time"]);

/**
 * Parts of a query whose own series Loki counts against `max_query_series`, because its frontend sends them out as
 * queries of their own: both sides of every calculation, and what is summed up.
 */
export function limitedParts(expr: MetricExpr): Set<MetricExpr> {
  const parts = new Set<MetricExpr>();
  mark(expr, parts);
  return parts;
}

/** @returns whether the part, or something in it, was sent out */
function mark(expr: MetricExpr, parts: Set<MetricExpr>): boolean {
  switch (expr.kind) {
    case "range":
      if (SHARDED.has(expr.op)) parts.add(expr);
      return SHARDED.has(expr.op);
    case "aggregation":
      return markAggregation(expr, parts);
    case "binary":
      for (const side of [expr.left, expr.right]) {
        if (side.kind === "literal" || side.kind === "vector") continue;
        if (!mark(side, parts)) parts.add(side);
      }
      return true;
    default:
      return false;
  }
}

function markAggregation(expr: VectorAggregation, parts: Set<MetricExpr>): boolean {
  const { op, inner } = expr;
  const reduces = reducesLabels(inner);
  if (isSharded(inner)) {
    if (op === "sum" || op === "avg" || ((op === "max" || op === "min" || op === "count") && !reduces)) {
      parts.add(expr);
      if (op === "avg" && reduces) mark(inner, parts);
      return true;
    }
  }
  return mark(inner, parts);
}

function isSharded(expr: MetricExpr): boolean {
  if (expr.kind === "range") return SHARDED.has(expr.op);
  return expr.kind === "aggregation" && /^(?:sum|avg|max|min|count)$/.test(expr.op) && isSharded(expr.inner);
}

function reducesLabels(expr: MetricExpr): boolean {
  if (expr.kind === "range") return reduces(expr.grouping);
  if (expr.kind === "aggregation") return reduces(expr.grouping) || reducesLabels(expr.inner);
  return expr.kind === "binary" && (reducesLabels(expr.left) || reducesLabels(expr.right));
}

function reduces(grouping: { readonly without: boolean; readonly labels: readonly string[] } | undefined): boolean {
  return grouping !== undefined && !(grouping.without && grouping.labels.length === 0);
}

/** A window that is cut into pieces, with the aggregation around it that each piece goes through on its own. */
export interface SplitWindow {
  readonly range: RangeAggregation;
  readonly around: VectorAggregation | undefined;
}

/** The windows of an instant query that Loki's frontend cuts into pieces; none when it leaves the query whole. */
export function splitWindows(expr: MetricExpr): SplitWindow[] {
  return canSplit(expr) ? split(expr, undefined) : [];
}

function canSplit(expr: MetricExpr): boolean {
  switch (expr.kind) {
    case "range":
      return SUMMABLE.has(expr.op);
    case "aggregation":
      return expr.op !== "bottomk" && canSplit(expr.inner);
    case "binary":
      return (
        canSplit(expr.left) || (expr.left.kind === "literal" && canSplit(expr.right)) || expr.right.kind === "literal"
      );
    default:
      return false;
  }
}

function split(expr: MetricExpr, around: VectorAggregation | undefined): SplitWindow[] {
  switch (expr.kind) {
    case "range": {
      const parsed = expr.log.stages.some(({ kind }) => kind === "json");
      if (!SUMMABLE.has(expr.op) || expr.window <= PIECE_NS) return [];
      if (parsed && expr.grouping === undefined && around === undefined) return [];
      if (parsed && (expr.op === "rate" || expr.op === "bytes_rate") && around?.op !== "sum") return [];
      return [{ range: expr, around }];
    }
    case "aggregation": {
      const alone = expr.inner.kind === "binary" || /^(?:count|topk|sort|sort_desc)$/.test(expr.op);
      return split(expr.inner, alone ? undefined : expr);
    }
    case "binary": {
      const left = split(expr.left, around);
      if (left.length === 0 && expr.left.kind !== "literal") return [];
      const right = split(expr.right, around);
      return right.length === 0 && expr.right.kind !== "literal" ? [] : [...left, ...right];
    }
    default:
      return [];
  }
}
