import type { Component } from "../dialects";

/** A span within its trace. */
export interface Node {
  readonly component: Component;
  /** Undefined at the top: a root, or a span whose parent is not there. */
  readonly parent: Node | undefined;
  /** Place in the order of the trace: parents before children, siblings by time. */
  readonly order: number;
}

/**
 * The spans of a trace in one order, however they arrived: parents before their children, siblings by start, then end,
 * then id. A ring of parents, which only a broken sender writes, is cut at its first span.
 */
export function treeOf(components: readonly Component[]): readonly Node[] {
  const sorted = [...components].sort(byTime);
  const byId = new Map(sorted.map((component) => [component.spanId, component]));
  const children = new Map<string, Component[]>();
  const tops: Component[] = [];
  for (const component of sorted) {
    const parent = component.parentSpanId === undefined ? undefined : byId.get(component.parentSpanId);
    if (parent === undefined || parent === component) {
      tops.push(component);
      continue;
    }
    const siblings = children.get(parent.spanId);
    if (siblings === undefined) children.set(parent.spanId, [component]);
    else siblings.push(component);
  }
  const nodes: Node[] = [];
  const seen = new Set<string>();
  // Not recursive: a hostile trace may be as deep as it has spans.
  const walk = (top: Component): void => {
    const open: { component: Component; parent: Node | undefined }[] = [{ component: top, parent: undefined }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.component.spanId)) continue;
      seen.add(next.component.spanId);
      const node: Node = { ...next, order: nodes.length };
      nodes.push(node);
      for (const child of (children.get(next.component.spanId) ?? []).toReversed()) {
        open.push({ component: child, parent: node });
      }
    }
  };
  for (const top of tops) walk(top);
  for (const left of sorted) if (!seen.has(left.spanId)) walk(left);
  return nodes;
}

function byTime(a: Component, b: Component): number {
  return a.start - b.start || a.end - b.end || (a.spanId < b.spanId ? -1 : 1);
}
