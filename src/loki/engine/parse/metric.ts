import type { SyntaxNode } from "@lezer/common";
import type { BinaryOp, MetricExpr, VectorAggregation, VectorOp } from "../ast/metric";
import { parseError, unknownHere } from "../errors";
import { binaryOf, type Operator } from "./binary";
import { groupingOf, rangeAggregationOf } from "./rangeAggregation";
import { syntaxErrorAt } from "./syntaxError";
import { childrenOf, numberOf, only, type Source, textOf } from "./tree";

const OPS: ReadonlySet<string> = new Set<VectorOp>([
  "sum",
  "count",
  "max",
  "min",
  "avg",
  "topk",
  "bottomk",
  "sort",
  "sort_desc",
]);

function isVectorOp(name: string): name is VectorOp {
  return OPS.has(name);
}

/** @throws QueryError for what this store does not know, and for combinations that Loki refuses */
export function metricOf(source: Source, node: SyntaxNode): MetricExpr {
  const [inner] = childrenOf(node);
  switch (inner?.name) {
    case "MetricExpr":
      return metricOf(source, inner);
    case "RangeAggregationExpr":
      return rangeAggregationOf(source, inner);
    case "VectorAggregationExpr":
      return aggregationOf(source, inner);
    case "LiteralExpr":
      return { kind: "literal", value: numberOf(source, inner) };
    case "VectorExpr":
      return { kind: "vector", value: numberOf(source, only(source, inner, "Number")) };
    case "BinOpExpr":
      return joined(source, inner);
    case "LabelReplaceExpr":
      throw unknownHere("label_replace");
    default:
      throw syntaxErrorAt(source.text, node.from);
  }
}

function aggregationOf(source: Source, node: SyntaxNode): VectorAggregation {
  const op = textOf(source, only(source, node, "VectorOp")).toLowerCase();
  if (!isVectorOp(op)) throw unknownHere(op);
  const grouping = groupingOf(source, node);
  const keep = keepOf(source, op, node.getChild("Number"));
  if ((op === "sort" || op === "sort_desc") && (grouping?.labels.length ?? 0) > 0) {
    throw parseError("sort and sort_desc doesn't allow grouping by ");
  }
  return {
    kind: "aggregation",
    op,
    keep,
    grouping: grouping ?? { without: false, labels: [] },
    inner: metricOf(source, only(source, node, "MetricExpr")),
  };
}

function keepOf(source: Source, op: VectorOp, parameter: SyntaxNode | null): number {
  const text = parameter === null ? undefined : textOf(source, parameter);
  if (op !== "topk" && op !== "bottomk") {
    if (text !== undefined) throw parseError(`unsupported parameter for operation ${op}(${text},`);
    return 0;
  }
  if (text === undefined) throw parseError(`parameter required for operation ${op}`);
  if (!/^\d+$/.test(text)) throw parseError(`invalid parameter ${op}(${text},`);
  if (Number(text) <= 0) throw parseError(`invalid parameter (must be greater than 0) ${op}(${text}`);
  return Number(text);
}

/** The operands and operators of a chain in the order of the text: the grammar's tree does not know their precedence. */
function joined(source: Source, node: SyntaxNode): MetricExpr {
  const operands: MetricExpr[] = [];
  const operators: Operator[] = [];
  const flatten = (expr: SyntaxNode): void => {
    const [left, right] = expr.getChildren("Expr");
    const modifier = expr.getChild("BinOpModifier");
    const sign = childrenOf(expr).find(({ name }) => name !== "Expr" && name !== "BinOpModifier");
    if (left === undefined || right === undefined || sign === undefined) throw syntaxErrorAt(source.text, expr.from);
    const op = operatorOf(textOf(source, sign));
    side(left, op);
    operators.push({ op, bool: boolOf(source, modifier) });
    side(right, op);
  };
  const side = (expr: SyntaxNode, op: BinaryOp): void => {
    const metric = expr.getChild("MetricExpr");
    if (metric === null) {
      throw parseError(
        `unexpected type for ${operators.length === 0 ? "left" : "right"} leg of binary operation (${op}): *syntax.MatchersExpr`,
      );
    }
    const chain = metric.getChild("BinOpExpr");
    if (chain === null) operands.push(metricOf(source, metric));
    else flatten(chain);
  };
  flatten(node);
  return binaryOf(operands, operators);
}

function operatorOf(sign: string): BinaryOp {
  switch (sign) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "^":
    case ">":
    case ">=":
    case "<":
    case "<=":
    case "==":
    case "!=":
      return sign;
    default:
      throw unknownHere(sign.toLowerCase());
  }
}

/** @throws QueryError for the modifiers of a join */
function boolOf(source: Source, modifier: SyntaxNode | null): boolean {
  if (modifier === null) return false;
  for (const child of childrenOf(modifier)) {
    if (child.name !== "Bool") throw unknownHere(/^\w+/.exec(textOf(source, child))?.[0] ?? child.name);
  }
  return modifier.getChild("Bool") !== null;
}
