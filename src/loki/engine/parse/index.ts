import type { Matcher } from "../../../logql/api";
import type { Query } from "../ast/query";
import { parseError, QueryError } from "../errors";
import { logOf } from "./log";
import { checkSelective } from "./matchers";
import { metricOf } from "./metric";
import { syntaxErrorAt } from "./syntaxError";
import { readTree } from "./tree";

const EMPTY_SELECTOR = /^\s*\{\s*\}\s*$/;

/**
 * Reads a query.
 *
 * @throws QueryError with Loki's text when it is no LogQL; by name what a Loki knows and this store does not
 * @example parseQuery('count_over_time({agent_id="a"}[5m])').kind // "range"
 */
export function parseQuery(query: string): Query {
  if (query === "") throw parseError("syntax error: unexpected $end");
  if (query.trim() === "") throw syntaxErrorAt(query, 0);
  if (EMPTY_SELECTOR.test(query)) checkSelective([]);
  const source = readTree(query);
  const expr = source.root.getChild("Expr");
  const metric = expr?.getChild("MetricExpr") ?? null;
  if (metric !== null) return metricOf(source, metric);
  let log = expr?.getChild("LogExpr") ?? null;
  for (let inner = log; inner !== null; inner = inner.getChild("LogExpr")) log = inner;
  if (log === null) throw syntaxErrorAt(query, 0);
  const read = logOf(source, log);
  checkSelective(read.matchers);
  return read;
}

/**
 * The matchers of a bare stream selector: what `match[]` of /series and `query` of /labels hold.
 *
 * @throws QueryError when it is something else
 */
export function matchersOf(selector: string): readonly Matcher[] {
  if (EMPTY_SELECTOR.test(selector)) return [];
  const query = parseQuery(selector);
  if (query.kind === "log" && query.stages.length === 0) return query.matchers;
  throw new QueryError(400, "only label matchers are supported");
}
