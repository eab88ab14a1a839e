import type { ExitReason } from "../../core/wire";
import type { Component } from "../dialects";
import { type Call, inTime } from "./calls";
import type { Node } from "./tree";

/** What is raised in work that is called off because nobody waits for it any more. */
const CANCELLED: ReadonlySet<string | undefined> = new Set([
  "CancelledError",
  "asyncio.CancelledError",
  "asyncio.exceptions.CancelledError",
  "GeneratorExit",
  "AbortError",
]);

/** How a run ended of which this span failed. */
export function exitOfFailure({ error }: Component): ExitReason {
  return CANCELLED.has(error?.error_type) ? "aborted" : "error";
}

/** How a run ended that did not fail. */
export function exitOf(nodes: readonly Node[], calls: readonly Call[]): ExitReason {
  const tops = nodes.filter(({ parent }) => parent === undefined).map(({ component }) => component);
  // The sender says that the parent was its own, and never sent it: the work was cut off around these spans.
  const cutOff = tops.filter(
    ({ parentSpanId, parentIsRemote }) => parentSpanId !== undefined && parentIsRemote === false,
  );
  // Without any agent that came to its end, what was cut off is the agent, whatever its model said last.
  if (cutOff.length === tops.length && cutOff.some(({ kind }) => kind !== "agent")) return "aborted";
  // The request was over, and what it had started went on inside a span that was never sent: the client had gone.
  const requestEnd = Math.max(...tops.map(({ kind, end }) => (kind === "transport" ? end : Number.NEGATIVE_INFINITY)));
  const wentOn = cutOff.some(({ kind, end }) => kind !== "transport" && end > requestEnd);
  if (wentOn && cutOff.length < tops.length && Number.isFinite(requestEnd)) return "aborted";
  const said = saidExit(nodes, calls);
  if (said !== undefined) return said;
  const last = inTime(calls).at(-1);
  if (last?.kind === "llm" && last.answer.finish_reason === "stop") return "final_answer";
  return cutOff.length > 0 ? "aborted" : "completed";
}

/** What the last agent says of its end; an agent that is a tool of another one does not end the run. */
function saidExit(nodes: readonly Node[], calls: readonly Call[]): ExitReason | undefined {
  const inTools = below(nodes, ({ component }) => component.kind === "tool");
  let last: Node | undefined;
  for (const node of nodes) {
    const { hints, end } = node.component;
    if (inTools.has(node) || (hints.exit === undefined && hints.steps === undefined)) continue;
    if (last === undefined || end > last.component.end) last = node;
  }
  if (last === undefined) return undefined;
  return last.component.hints.exit ?? exitOfSteps(last, nodes, calls);
}

/**
 * What the last step of an agent says: it called a tool that ends it, or it was the last one allowed and neither that nor
 * an answer.
 */
function exitOfSteps(agent: Node, nodes: readonly Node[], calls: readonly Call[]): ExitReason | undefined {
  const { steps } = agent.component.hints;
  if (steps === undefined) return undefined;
  const inAgent = below(nodes, (node) => node === agent);
  const own = inTime(calls.filter(({ node }) => inAgent.has(node)));
  const after = own.slice(own.findLastIndex(({ kind }) => kind === "llm") + 1);
  const isLast = (call: Call): boolean =>
    call.kind === "tool" && call.answer.success === true && steps.lastTools.includes(call.called.tool_name);
  if (after.some(isLast)) return "final_answer";
  return steps.allTaken && after.length > 0 ? "max_steps" : undefined;
}

/** The spans that lie, at any depth, in one of some. Nodes come parents first. */
function below(nodes: readonly Node[], isOne: (node: Node) => boolean): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of nodes) {
    if (node.parent !== undefined && (isOne(node.parent) || found.has(node.parent))) found.add(node);
  }
  return found;
}
