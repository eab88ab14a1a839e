import type { SyntaxNode } from "@lezer/common";
import type { Comparison, LabelFilter } from "../ast/labelFilter";
import { unknownHere } from "../errors";
import { readBytes, roundedBytes } from "../text/bytes";
import { readLogqlDuration } from "../text/duration";
import { matcherOf } from "./matchers";
import { syntaxErrorAt } from "./syntaxError";
import { childrenOf, numberOf, only, type Source, textOf } from "./tree";

type Joint = "and" | "or" | ",";

/**
 * The filter of a `LabelFilter` node. Loki binds `and` closer than `or`, while a comma takes everything behind it; the
 * grammar's tree says otherwise, so its operands are read in the order of the text and joined anew.
 */
export function labelFilterOf(source: Source, node: SyntaxNode): LabelFilter {
  const operands: LabelFilter[] = [];
  const joints: Joint[] = [];
  flatten(source, node, operands, joints);
  let position = 0;
  const operand = (): LabelFilter => {
    const filter = operands[position];
    position += 1;
    if (filter === undefined) throw syntaxErrorAt(source.text, node.from);
    return filter;
  };
  /** Everything that binds closer than `or` when `below` is 1, than anything when it is 2. */
  const joined = (below: number): LabelFilter => {
    let left = operand();
    for (;;) {
      const joint = joints[position - 1];
      if (joint === undefined) return left;
      if (joint === ",") left = { kind: "and", left, right: joined(0) };
      else if (joint === "and" && below < 2) left = { kind: "and", left, right: joined(2) };
      else if (joint === "or" && below < 1) left = { kind: "or", left, right: joined(1) };
      else return left;
    }
  };
  return joined(0);
}

function flatten(source: Source, node: SyntaxNode, operands: LabelFilter[], joints: Joint[]): void {
  const children = childrenOf(node);
  const [first, second, third] = children;
  if (first === undefined) throw syntaxErrorAt(source.text, node.from);
  if (children.length === 1) {
    if (first.name === "LabelFilter") operands.push(labelFilterOf(source, first));
    else operands.push(operandOf(source, first));
    return;
  }
  const right = third ?? second;
  if (right === undefined) throw syntaxErrorAt(source.text, node.from);
  flattenSide(source, first, operands, joints);
  joints.push(jointOf(source, first, right, third === undefined ? undefined : second));
  flattenSide(source, right, operands, joints);
}

/** Parentheses make a filter of their own: they are seen in the text only. */
function flattenSide(source: Source, node: SyntaxNode, operands: LabelFilter[], joints: Joint[]): void {
  if (source.text[node.from] === "(" && childrenOf(node).length === 1) operands.push(labelFilterOf(source, node));
  else flatten(source, node, operands, joints);
}

function jointOf(source: Source, left: SyntaxNode, right: SyntaxNode, sign: SyntaxNode | undefined): Joint {
  if (sign !== undefined) return sign.name === "Or" ? "or" : "and";
  return source.text.slice(left.to, right.from).includes(",") ? "," : "and";
}

function operandOf(source: Source, node: SyntaxNode): LabelFilter {
  switch (node.name) {
    case "Matcher":
      return { kind: "text", matcher: matcherOf(source, node) };
    case "UnitFilter": {
      const [inner] = childrenOf(node);
      return inner === undefined ? operandOf(source, node) : operandOf(source, inner);
    }
    case "NumberFilter":
      return { kind: "number", ...sides(source, node), value: numberOf(source, only(source, node, "LiteralExpr")) };
    case "DurationFilter": {
      const amount = only(source, node, "Duration");
      const value = readLogqlDuration(textOf(source, amount));
      if (value === undefined) throw syntaxErrorAt(source.text, amount.from);
      return { kind: "duration", ...sides(source, node), value: Number(value) };
    }
    case "BytesFilter": {
      const amount = only(source, node, "Bytes");
      const value = readBytes(textOf(source, amount));
      if (typeof value !== "number") throw syntaxErrorAt(source.text, amount.from);
      return { kind: "bytes", ...sides(source, node), value: roundedBytes(value) };
    }
    default:
      throw unknownHere(node.name === "IpLabelFilter" ? "ip" : textOf(source, node));
  }
}

function sides(source: Source, node: SyntaxNode): { readonly name: string; readonly op: Comparison } {
  const [name, op] = childrenOf(node);
  if (name === undefined || op === undefined) throw syntaxErrorAt(source.text, node.from);
  const sign = textOf(source, op);
  return { name: textOf(source, name), op: comparisonOf(sign) };
}

function comparisonOf(sign: string): Comparison {
  switch (sign) {
    case ">":
    case ">=":
    case "<":
    case "<=":
    case "!=":
      return sign;
    default:
      return "==";
  }
}
