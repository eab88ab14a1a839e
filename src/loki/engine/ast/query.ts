import type { LogExpr } from "./log";
import type { MetricExpr } from "./metric";

/** A whole query: lines, or numbers. */
export type Query = LogExpr | MetricExpr;
