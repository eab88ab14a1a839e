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

/** Spans of one call are near each other: only so many are looked at, however many a trace has. */
const NEARBY = 16;

function isLlm(node: Node): node is LlmNode {
  return node.component.kind === "llm";
}

/**
 * The span of a model call around another one; a tool in between makes it a call of its own. An agent does not: Haystack's
 * component `LLM` is one.
 */
function around(node: Node): LlmNode | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (isLlm(up)) return up;
    const { kind } = up.component;
    if (kind === "tool" || kind === "retrieval") return undefined;
  }
  return undefined;
}

/** Whether two spans are of tracers that differ, as far as is known, and of one time. */
function mayBeOne(a: LlmNode, b: LlmNode): boolean {
  const [one, other] = [a.component, b.component];
  if (one.llm.scope !== "" && one.llm.scope === other.llm.scope) return false;
  return one.start <= other.end && other.start <= one.end;
}

/**
 * Spans of one call side by side: with the same id of the answer; where none came, that of the provider's own tracer and
 * the one around it in time. The same id at another time is another call, which a cache answered.
 */
function besideEachOther(spans: readonly LlmNode[]): readonly (readonly LlmNode[])[] {
  const sets: LlmNode[][] = [];
  const byId = new Map<string, LlmNode[][]>();
  for (const node of spans) {
    const { responseId } = node.component.llm;
    if (responseId === undefined) continue;
    const known = byId.get(responseId) ?? [];
    const set = known.find((others) => others.length < NEARBY && others.every((other) => mayBeOne(other, node)));
    if (set !== undefined) {
      set.push(node);
      continue;
    }
    const first = [node];
    sets.push(first);
    byId.set(responseId, [...known.slice(1 - NEARBY), first]);
  }
  const paired = new Set(sets.filter(({ length }) => length > 1).flat());
  const waiting = new Map<Node | undefined, LlmNode[]>();
  for (const node of spans) {
    if (paired.has(node)) continue;
    const before = waiting.get(node.parent) ?? [];
    const other = node.component.llm.isFirstHand ? before.findLast((each) => isAroundInTime(each, node)) : undefined;
    if (other !== undefined) sets.push([other, node]);
    const left = other === undefined ? [...before.slice(1 - NEARBY), node] : before.filter((each) => each !== other);
    waiting.set(node.parent, left);
  }
  return sets;
}

/** Whether a span began before the one of the provider's own tracer, at the same place, and nothing tells them apart. */
function isAroundInTime(node: LlmNode, own: LlmNode): boolean {
  const [{ llm, start }, { llm: ownLlm, start: ownStart }] = [node.component, own.component];
  if (llm.isFirstHand || node.parent !== own.parent || start > ownStart || !mayBeOne(node, own)) return false;
  if (llm.responseId !== undefined && ownLlm.responseId !== undefined) return false;
  return llm.called.model === ownLlm.called.model;
}

/**
 * The calls of models in a trace, each once. Several tracers may tell of one call: inside one another, or side by side. A
 * span around several calls (a fallback, a retry) is none itself and completes the last.
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
  for (const [first, ...others] of besideEachOther(spans)) {
    for (const other of others) if (first !== undefined) join(first, other);
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
