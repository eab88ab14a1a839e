import type { Comparison } from "../ast/labelFilter";
import { type BinaryOp, isComparison } from "../ast/metric";

/** Whether a comparison holds. */
export function compares(op: Comparison, left: number, right: number): boolean {
  switch (op) {
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
  }
}

/** A number of two; comparisons give 0 or 1. Loki divides by zero to NaN, never to an infinity. */
export function calculate(op: BinaryOp, left: number, right: number): number {
  if (isComparison(op)) return compares(op, left, right) ? 1 : 0;
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? Number.NaN : left / right;
    case "%":
      return right === 0 ? Number.NaN : left % right;
    case "^":
      return left ** right;
  }
}
