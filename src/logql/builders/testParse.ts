import { parser } from "@grafana/lezer-logql";
import type { SyntaxNode } from "@lezer/common";
import type { Matcher } from "../api";

/** Test support: what a query says, values unescaped. */
export interface ParsedQuery {
  readonly matchers: readonly (Pick<Matcher, "name" | "value"> & { readonly op: string })[];
  readonly lineFilters: readonly { readonly op: string; readonly value: string }[];
  /** Alias and path of each `json` expression. */
  readonly json: Readonly<Record<string, string>>;
  readonly labelFilters: readonly { readonly name: string; readonly op: string; readonly value: string | number }[];
  /** Texts of all ranges and offsets. */
  readonly ranges: readonly string[];
  readonly groups: readonly string[];
  readonly unwraps: readonly string[];
}

/** The text a Go string literal stands for, by the rules of Go and not by those of our own escaping. */
export function unquote(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  const escapes = /\\(?:([abfnrtv\\"])|u([0-9a-f]{4})|([\s\S]?))/g;
  const short: Record<string, string> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
  return literal.slice(1, -1).replace(escapes, (_all, char?: string, hex?: string, other?: string) => {
    if (other !== undefined) throw new Error(`unknown escape \\${other}`);
    return hex === undefined ? (short[char ?? ""] ?? char ?? "") : String.fromCharCode(Number.parseInt(hex, 16));
  });
}

/** @throws Error when the grammar does not take the query */
export function parseQuery(query: string): ParsedQuery {
  const matchers: ParsedQuery["matchers"][number][] = [];
  const lineFilters: ParsedQuery["lineFilters"][number][] = [];
  const json: Record<string, string> = {};
  const labelFilters: ParsedQuery["labelFilters"][number][] = [];
  const ranges: string[] = [];
  const groups: string[] = [];
  const unwraps: string[] = [];
  const text = (node: SyntaxNode | null): string => (node === null ? "" : query.slice(node.from, node.to));
  parser.parse(query).iterate({
    enter({ type, node }) {
      if (type.isError) throw new Error(`no LogQL at ${node.from}: ${query}`);
      const [first, last] = [node.firstChild, node.lastChild];
      const op = query.slice(first?.to ?? 0, last?.from ?? 0).trim();
      if (type.name === "Matcher") {
        const found = { name: text(first), op, value: unquote(text(last)) };
        if (node.parent?.name === "Matchers") matchers.push(found);
        else labelFilters.push(found);
      } else if (type.name === "NumberFilter") {
        labelFilters.push({ name: text(first), op, value: Number(text(last)) });
      } else if (type.name === "LineFilter") {
        lineFilters.push({ op: text(first), value: unquote(text(last)) });
      } else if (type.name === "LabelExtractionExpression") json[text(first)] = unquote(text(last));
      else if (type.name === "Range" || type.name === "OffsetExpr") ranges.push(text(node));
      else if (type.name === "Grouping") groups.push(text(node));
      else if (type.name === "UnwrapExpr") unwraps.push(text(last));
    },
  });
  return { matchers, lineFilters, json, labelFilters, ranges, groups, unwraps };
}
