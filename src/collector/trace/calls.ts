import type { Micros, Payloads } from "../../core/wire";
import type { Component } from "../dialects";
import { llmCallsOf } from "./llmCalls";
import { sharpen } from "./sharpen";
import type { Node } from "./tree";

type CallEvents<K extends "llm" | "tool" | "retrieval"> = {
  readonly kind: K;
  readonly called: Payloads[`${K}.called`];
  readonly answer: Payloads[`${K}.responded`];
};

/** A call as it becomes two lines. */
export type Call = (CallEvents<"llm"> | CallEvents<"tool"> | CallEvents<"retrieval">) & {
  start: Micros;
  end: Micros;
  readonly node: Node;
};

/** All calls of a trace: of models, tools and retrievers, each once. */
export function callsOf(nodes: readonly Node[]): Call[] {
  const calls: Call[] = llmCallsOf(nodes).map((call) => ({ kind: "llm", ...call }));
  for (const node of nodes) {
    const { component } = node;
    const { start, end } = component;
    if (component.kind === "retrieval") {
      const { called, answer } = component.retrieval;
      calls.push({ kind: "retrieval", called, answer, start, end, node });
    }
    if (component.kind !== "tool" || isRepeated(node, component)) continue;
    for (const { called, answer } of component.uses) calls.push({ kind: "tool", called, answer, start, end, node });
  }
  sharpen(calls);
  return calls;
}

/** Calls in the order of their answers. */
export function inTime(calls: readonly Call[]): readonly Call[] {
  return calls.toSorted((a, b) => a.end - b.end || a.node.order - b.node.order);
}

/** Whether a tool's span lies in one of the same tool, written by another tracer for the same call. */
function isRepeated(node: Node, component: Extract<Component, { kind: "tool" }>): boolean {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    const { component: outer } = up;
    if (outer.kind === "agent" || outer.kind === "llm") return false;
    if (outer.kind !== "tool") continue;
    return component.uses.every((use) =>
      outer.uses.some(
        (other) =>
          other.called.tool_name === use.called.tool_name &&
          (other.callId === undefined || use.callId === undefined || other.callId === use.callId),
      ),
    );
  }
  return false;
}
