import type { SyntaxNode } from "@lezer/common";
import type { Grouping, RangeAggregation, RangeOp } from "../ast/metric";
import { parseError, unknownHere } from "../errors";
import { logOf, unwrapOf } from "./log";
import { checkSelective } from "./matchers";
import { syntaxErrorAt } from "./syntaxError";
import { childrenOf, numberOf, only, type Source, textOf } from "./tree";

const OPS: ReadonlySet<string> = new Set<RangeOp>([
  "count_over_time",
  "rate",
  "bytes_over_time",
  "bytes_rate",
  "sum_over_time",
  "avg_over_time",
  "max_over_time",
  "min_over_time",
  "quantile_over_time",
  "first_over_time",
  "last_over_time",
  "absent_over_time",
]);
const GROUPED: ReadonlySet<string> = new Set<RangeOp>([
  "avg_over_time",
  "max_over_time",
  "min_over_time",
  "quantile_over_time",
  "first_over_time",
  "last_over_time",
]);
const WITHOUT_UNWRAP: ReadonlySet<string> = new Set<RangeOp>([
  "count_over_time",
  "rate",
  "bytes_over_time",
  "bytes_rate",
  "absent_over_time",
]);
const ONLY_WITHOUT_UNWRAP: ReadonlySet<string> = new Set<RangeOp>(["count_over_time", "bytes_over_time", "bytes_rate"]);

function isRangeOp(name: string): name is RangeOp {
  return OPS.has(name);
}

/** @throws QueryError for what this store does not know, and for combinations that Loki refuses */
export function rangeAggregationOf(source: Source, node: SyntaxNode): RangeAggregation {
  const op = textOf(source, only(source, node, "RangeOp")).toLowerCase();
  if (!isRangeOp(op)) throw unknownHere(op);
  const range = innerRange(only(source, node, "LogRangeExpr"));
  const bracket = only(source, range, "Range");
  const times = source.windows.get(bracket.from);
  if (times === undefined) throw syntaxErrorAt(source.text, bracket.from);
  const parameter = node.getChild("Number");
  const quantile = quantileOf(source, op, parameter);
  const grouping = groupingOf(source, node);
  const unwrap = unwrapOf(source, range);
  if (grouping !== undefined && !GROUPED.has(op)) throw parseError(`grouping not allowed for ${op} aggregation`);
  if (unwrap !== undefined && ONLY_WITHOUT_UNWRAP.has(op)) throw parseError(`invalid aggregation ${op} with unwrap`);
  if (unwrap === undefined && !WITHOUT_UNWRAP.has(op)) throw parseError(`invalid aggregation ${op} without unwrap`);
  const log = logOf(source, range);
  checkSelective(log.matchers);
  return {
    kind: "range",
    op,
    log,
    ...times,
    ...(quantile === undefined ? {} : { quantile }),
    ...(unwrap === undefined ? {} : { unwrap }),
    ...(grouping === undefined ? {} : { grouping }),
  };
}

function innerRange(node: SyntaxNode): SyntaxNode {
  const inner = node.getChild("LogRangeExpr");
  return inner === null ? node : innerRange(inner);
}

function quantileOf(source: Source, op: RangeOp, parameter: SyntaxNode | null): number | undefined {
  if (op !== "quantile_over_time") {
    if (parameter === null) return undefined;
    throw parseError(`parameter ${textOf(source, parameter)} not supported for operation ${op}`);
  }
  if (parameter === null) throw parseError(`parameter required for operation ${op}`);
  return numberOf(source, parameter);
}

/** The `by (…)` or `without (…)` of a node. */
export function groupingOf(source: Source, node: SyntaxNode): Grouping | undefined {
  const grouping = node.getChild("Grouping");
  if (grouping === null) return undefined;
  const labels: string[] = [];
  const collect = (list: SyntaxNode): void => {
    for (const child of childrenOf(list)) {
      if (child.name === "Identifier") labels.push(textOf(source, child));
      else collect(child);
    }
  };
  const list = grouping.getChild("Labels");
  if (list !== null) collect(list);
  return { without: grouping.getChild("Without") !== null, labels };
}
