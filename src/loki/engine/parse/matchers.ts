import type { SyntaxNode } from "@lezer/common";
import type { Matcher } from "../../../logql/api";
import { parseError, unknownHere } from "../errors";
import { textMatcher } from "../regex/matcher";
import { childrenOf, only, type Source, stringOf, textOf } from "./tree";

const NOT_ANY =
  'queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';

/** @throws QueryError for a regular expression that is none */
export function matcherOf(source: Source, node: SyntaxNode): Matcher {
  const [name, op, value] = childrenOf(node);
  if (name === undefined || op === undefined || value === undefined) throw unknownHere(textOf(source, node));
  const matcher: Matcher = {
    name: textOf(source, name),
    op: opOf(textOf(source, op)),
    value: stringOf(source, value),
  };
  textMatcher(matcher);
  return matcher;
}

function opOf(text: string): Matcher["op"] {
  return text === "!=" || text === "=~" || text === "!~" ? text : "=";
}

/** The matchers of a node that has a stream selector. */
export function selectorOf(source: Source, node: SyntaxNode): Matcher[] {
  const matchers: Matcher[] = [];
  const collect = (list: SyntaxNode): void => {
    for (const child of childrenOf(list)) {
      if (child.name === "Matcher") matchers.push(matcherOf(source, child));
      else collect(child);
    }
  };
  collect(only(source, node, "Selector"));
  return matchers;
}

/** @throws QueryError when every matcher also takes streams without its label, so that the query would read everything */
export function checkSelective(matchers: readonly Matcher[]): void {
  if (matchers.every((matcher) => textMatcher(matcher)(""))) throw parseError(NOT_ANY);
}
