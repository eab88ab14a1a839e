import { type BinaryOp, isComparison, type MetricExpr } from "../ast/metric";
import { QueryError } from "../errors";
import { calculate } from "../metrics/arithmetic";

export interface Operator {
  readonly op: BinaryOp;
  readonly bool: boolean;
}

/** How close an operator binds; `^` alone goes from right to left. */
function strengthOf(op: BinaryOp): number {
  if (op === "^") return 4;
  if (op === "*" || op === "/" || op === "%") return 3;
  return isComparison(op) ? 1 : 2;
}

/** Joins a chain `a + b * c` by the precedence of the operators; numbers among themselves are calculated. */
export function binaryOf(operands: readonly MetricExpr[], operators: readonly Operator[]): MetricExpr {
  let position = 0;
  const chain = (least: number): MetricExpr => {
    let left = operands[position];
    if (left === undefined) throw new QueryError(400, "parse error : syntax error: unexpected $end");
    for (;;) {
      const operator = operators[position];
      if (operator === undefined) return left;
      const strength = strengthOf(operator.op);
      if (strength < least) return left;
      position += 1;
      left = pair(left, operator, chain(operator.op === "^" ? strength : strength + 1));
    }
  };
  return chain(0);
}

function pair(left: MetricExpr, { op, bool }: Operator, right: MetricExpr): MetricExpr {
  if (left.kind === "literal" && right.kind === "literal") {
    return { kind: "literal", value: calculate(op, left.value, right.value) };
  }
  return { kind: "binary", op, bool, left, right };
}
