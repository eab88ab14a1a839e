import type { SyntaxNode } from "@lezer/common";
import type { JsonPathsStage, LineFilterStage, LogExpr, Stage, Unwrap } from "../ast/log";
import { unknownHere } from "../errors";
import { lineTest } from "../regex/matcher";
import { readJsonPath } from "./jsonPath";
import { labelFilterOf } from "./labelFilters";
import { selectorOf } from "./matchers";
import { syntaxErrorAt } from "./syntaxError";
import { childrenOf, only, type Source, stringOf, textOf } from "./tree";

/** Of a `LogExpr` or `LogRangeExpr` node: its selector and pipeline. */
export function logOf(source: Source, node: SyntaxNode): LogExpr {
  const pipeline = node.getChild("PipelineExpr");
  return {
    kind: "log",
    matchers: selectorOf(source, node),
    stages: pipeline === null ? [] : stagesOf(source, pipeline),
  };
}

function stagesOf(source: Source, pipeline: SyntaxNode): Stage[] {
  // Left-recursive in the grammar: the tree is as deep as the pipeline is long.
  const nodes: SyntaxNode[] = [];
  for (let list: SyntaxNode | null = pipeline; list !== null; list = list.getChild("PipelineExpr")) {
    nodes.unshift(only(source, list, "PipelineStage"));
  }
  return nodes.flatMap((node) => stageOf(source, node));
}

function stageOf(source: Source, node: SyntaxNode): Stage[] {
  const stage = childrenOf(node).find(({ name }) => name !== "Pipe");
  switch (stage?.name) {
    case "LineFilters":
      return lineFiltersOf(source, stage);
    case "LabelFilter":
      return [{ kind: "labels", filter: labelFilterOf(source, stage) }];
    case "JsonExpressionParser":
      return [jsonPathsOf(source, stage)];
    case "LabelParser":
      if (stage.getChild("Json") !== null) return [{ kind: "json" }];
      break;
    default:
  }
  const text = stage === undefined ? "" : textOf(source, stage);
  throw unknownHere(/^\w+/.exec(text)?.[0] ?? text);
}

function lineFiltersOf(source: Source, node: SyntaxNode): LineFilterStage[] {
  const nodes: SyntaxNode[] = [];
  for (let list: SyntaxNode | null = node; list !== null; list = list.getChild("LineFilters")) {
    nodes.unshift(only(source, list, "LineFilter"));
  }
  return nodes.map((filter) => lineFilterOf(source, filter));
}

function lineFilterOf(source: Source, node: SyntaxNode): LineFilterStage {
  const op = textOf(source, only(source, node, "Filter"));
  if (op !== "|=" && op !== "!=" && op !== "|~" && op !== "!~") throw unknownHere(op);
  const texts: string[] = [];
  for (let part: SyntaxNode | null = node; part !== null; part = part.getChild("OrFilter")) {
    if (part.getChild("FilterOp") !== null) throw unknownHere("ip");
    const text = stringOf(source, only(source, part, "String"));
    lineTest(text, op === "|~" || op === "!~");
    texts.push(text);
  }
  return { kind: "line", op, texts };
}

function jsonPathsOf(source: Source, node: SyntaxNode): JsonPathsStage {
  const fields: { name: string; path: readonly string[] }[] = [];
  const collect = (list: SyntaxNode): void => {
    for (const child of childrenOf(list)) {
      if (child.name === "LabelExtractionExpressionList") collect(child);
      if (child.name !== "LabelExtractionExpression") continue;
      const name = textOf(source, only(source, child, "Identifier"));
      const path = child.getChild("String");
      fields.push({ name, path: readJsonPath(path === null ? name : stringOf(source, path)) });
    }
  };
  collect(node);
  return { kind: "jsonPaths", fields };
}

/** The `unwrap` of a `LogRangeExpr` node. */
export function unwrapOf(source: Source, node: SyntaxNode): Unwrap | undefined {
  const outer = node.getChild("UnwrapExpr");
  if (outer === null) return undefined;
  const filters = [];
  let expr = outer;
  for (let inner = expr.getChild("UnwrapExpr"); inner !== null; inner = expr.getChild("UnwrapExpr")) {
    filters.unshift(labelFilterOf(source, only(source, expr, "LabelFilter")));
    expr = inner;
  }
  const conversion = expr.getChild("ConvOp");
  const label = expr.getChild("Identifier");
  if (label === null) throw syntaxErrorAt(source.text, expr.from);
  const as = conversion === null ? "number" : textOf(source, conversion) === "bytes" ? "bytes" : "duration";
  return { label: textOf(source, label), as, filters };
}
