import type { Micros } from "../../core/wire";
import type { Component, LlmSpan } from "../dialects";
import type { Node } from "./tree";

type LlmComponent = Extract<Component, { kind: "llm" }>;
/** A span of a model call, with its place. */
interface LlmNode extends Node {
  readonly component: LlmComponent;
}

/** One call of a model, from all spans that tell of it. */
export interface LlmCall extends Pick<LlmSpan, "called" | "answer"> {
  readonly start: Micros;
  readonly end: Micros;
  readonly node: Node;
}

function isLlm(node: Node): node is LlmNode {
  return node.component.kind === "llm";
}

/** The span of a model call around another one; a tool or an agent in between makes it a call of its own. */
function around(node: Node): LlmNode | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (isLlm(up)) return up;
    const { kind } = up.component;
    if (kind === "tool" || kind === "agent" || kind === "retrieval") return undefined;
  }
  return undefined;
}

/**
 * The calls of models in a trace, each once. Several tracers may tell of one call: inside one another, or side by side with
 * the same id of the answer. A span around several calls (a fallback, a retry) is none itself and completes the last.
 */
export function llmCallsOf(nodes: readonly Node[]): readonly LlmCall[] {
  const spans = nodes.filter(isLlm);
  const groups = new Map<LlmNode, Set<LlmNode>>(spans.map((node) => [node, new Set([node])]));
  const join = (a: LlmNode, b: LlmNode): void => {
    const one = groups.get(a);
    const other = groups.get(b);
    if (one === undefined || other === undefined || one === other) return;
    for (const node of other) {
      one.add(node);
      groups.set(node, one);
    }
  };
  const byId = new Map<string, LlmNode>();
  for (const node of spans) {
    const { responseId } = node.component.llm;
    const first = responseId === undefined ? undefined : byId.get(responseId);
    if (first !== undefined) join(first, node);
    else if (responseId !== undefined) byId.set(responseId, node);
  }
  const inside = new Map<LlmNode, Set<Set<LlmNode>>>();
  // The innermost first, so that what is joined below counts as one above.
  for (const node of spans.toReversed()) {
    const outer = around(node);
    const group = groups.get(node);
    if (outer === undefined || group === undefined || groups.get(outer) === group) continue;
    const found = inside.get(outer);
    if (found === undefined) inside.set(outer, new Set([group]));
    else found.add(group);
  }
  const sums = new Map<Set<LlmNode>, Set<LlmNode>>();
  for (const [outer, inner] of [...inside].sort(([a], [b]) => b.order - a.order)) {
    const calls = [...new Set([...inner].flatMap((group) => [...group].map((node) => groups.get(node))))];
    const group = groups.get(outer);
    const [only] = calls[0] ?? [];
    if (calls.length === 1 && only !== undefined) join(outer, only);
    else if (group !== undefined) {
      const last = lastGood(calls.filter((call) => call !== undefined));
      if (last !== undefined) sums.set(group, last);
    }
  }
  const calls = [...new Set(groups.values())].filter((group) => !sums.has(group));
  return calls.map((group) => {
    const completions = [...sums].flatMap(([sum, last]) => (last === group ? [...sum] : []));
    return merge([...group], completions);
  });
}

function lastGood(calls: readonly Set<LlmNode>[]): Set<LlmNode> | undefined {
  const ended = (call: Set<LlmNode>): Micros => Math.max(...[...call].map(({ component }) => component.end));
  const good = calls.filter((call) => [...call].some(({ component }) => !component.failed));
  return (good.length > 0 ? good : calls).toSorted((a, b) => ended(a) - ended(b)).at(-1);
}

/** What the provider's own tracer says counts most, then what was measured closest to the call. */
function merge(nodes: readonly LlmNode[], completions: readonly LlmNode[]): LlmCall {
  const ranked = nodes.toSorted((a, b) => {
    const first = Number(b.component.llm.isFirstHand) - Number(a.component.llm.isFirstHand);
    return first !== 0 ? first : b.order - a.order;
  });
  const [best, ...others] = ranked;
  if (best === undefined) throw new RangeError("A model call has at least one span.");
  const called = { ...best.component.llm.called };
  const answer = { ...best.component.llm.answer };
  for (const { component } of [...others, ...completions]) {
    fill(called, component.llm.called);
    // An error of one must not stick to the success of the other.
    if (component.failed === best.component.failed) fill(answer, component.llm.answer);
  }
  return { called, answer, start: best.component.start, end: best.component.end, node: best };
}

/** Sets what is unknown in one from the other. */
function fill<T extends object>(target: T, source: T): void {
  for (const key in source) if (target[key] === undefined) target[key] = source[key];
}
