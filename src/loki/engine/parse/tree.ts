import { parser } from "@grafana/lezer-logql";
import type { SyntaxNode } from "@lezer/common";
import { parseError, QueryError, unknownHere } from "../errors";
import { readNumber } from "../text/number";
import { unquote } from "../text/unquote";
import { readWindows, type WindowText } from "./ranges";
import { syntaxErrorAt } from "./syntaxError";
import { placeOf, tokensOf } from "./tokens";

/** A query and its tree; positions of the tree are positions of the text. */
export interface Source {
  readonly text: string;
  readonly windows: ReadonlyMap<number, WindowText>;
  readonly root: SyntaxNode;
}

/** `maxInputSize` of Loki's parser. */
const MAX_LENGTH = 131_072;
/** Deeper nesting than any query needs; keeps the walk over the tree off the end of the stack. */
const MAX_DEPTH = 1000;

/** What a Loki knows and this store does not, wherever it stands as a word of its own. */
const UNKNOWN =
  /^(?:label_format|line_format|logfmt|pattern|regexp|unpack|decolorize|drop|keep|label_replace|approx_topk|stddev|stdvar|stddev_over_time|stdvar_over_time|rate_counter|variants)$/i;

/** @throws QueryError when the text is no LogQL */
export function readTree(query: string): Source {
  if (query.length >= MAX_LENGTH) throw parseError(`input size too long (${query.length} > ${MAX_LENGTH})`);
  const { text, windows } = readWindows(query);
  checkDepth(query);
  const root = parser.parse(text).topNode;
  const position = firstError(root);
  if (position !== undefined) {
    const unknown = unknownWord(query);
    throw unknown === undefined ? syntaxErrorAt(query, position) : unknownHere(unknown);
  }
  return { text: query, windows, root };
}

function checkDepth(query: string): void {
  let depth = 0;
  for (const { text } of tokensOf(query)) {
    if (text === "(") depth += 1;
    else if (text === ")") depth -= 1;
    if (depth > MAX_DEPTH) throw new QueryError(400, `parse error : more than ${MAX_DEPTH} nested parentheses`);
  }
}

function firstError(root: SyntaxNode): number | undefined {
  let position: number | undefined;
  root.cursor().iterate((node) => {
    if (node.type.isError && position === undefined) position = node.from;
  });
  return position;
}

/** A word that this store does not know, used as an operation and not as the name of a label. */
function unknownWord(query: string): string | undefined {
  const tokens = tokensOf(query);
  return tokens.find(({ kind, text }, index) => {
    if (kind !== "word" || !UNKNOWN.test(text)) return false;
    const before = tokens[index - 1]?.text;
    const after = tokens[index + 1]?.text ?? "";
    return before === "|" ? !/^(?:=|!=|=~|!~|==|>|<|>=|<=)$/.test(after) : /^(?:\(|by|without)$/i.test(after);
  })?.text;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(child);
  }
  return children;
}

export function textOf(source: Source, node: SyntaxNode): string {
  return source.text.slice(node.from, node.to);
}

/** The child that must be there in a tree without errors. */
export function only(source: Source, node: SyntaxNode, name: string): SyntaxNode {
  const child = node.getChild(name);
  if (child === null) throw syntaxErrorAt(source.text, node.from);
  return child;
}

/** @throws QueryError for an escape that is none */
export function stringOf(source: Source, node: SyntaxNode): string {
  const value = unquote(textOf(source, node));
  if (value === undefined) throw parseError("invalid syntax", placeOf(source.text, node.from));
  return value;
}

/** The number of a node, with the sign before it. */
export function numberOf(source: Source, node: SyntaxNode): number {
  const text = textOf(source, node).replace(/^([+-])\s+/, "$1");
  const value = /^[+-]?0[xX][0-9a-fA-F]+$/.test(text) ? Number(text.replace(/^[+-]/, "")) : readNumber(text);
  if (typeof value !== "number") {
    throw parseError(`unable to parse literal as a float: ${value.problem}`);
  }
  return value;
}
