import { agentIdOf, type ExitReason, type Micros, type Payloads, type Scalar } from "../../core/wire";
import type { Component, SpanError } from "../dialects";
import { type Call, callsOf, inTime } from "./calls";
import { exitOf, exitOfFailure } from "./exit";
import { type Node, treeOf } from "./tree";

/** One trace, made one run. */
export interface TracedRun {
  readonly traceId: string;
  /** The trace id as a UUID. */
  readonly runId: string;
  readonly agentId: string;
  readonly version: string | undefined;
  readonly session: string | undefined;
  /** Hashed. */
  readonly user: string | undefined;
  readonly environment: string | undefined;
  readonly kind: string | undefined;
  readonly model: string | undefined;
  readonly tools: readonly string[] | undefined;
  readonly input: Payloads["input.received"] | undefined;
  readonly attrs: Readonly<Record<string, Scalar>> | undefined;
  readonly start: Micros;
  readonly end: Micros;
  readonly calls: readonly Call[];
  /** Components that are no calls, the run's own frame left out. */
  readonly others: readonly Node[];
  readonly exit: ExitReason;
  /** Set with exit_reason `error`. */
  readonly error: SpanError | undefined;
}

const NAMELESS = "unknown-agent";

/** `0af76519-16cd-43dd-8448-eb211c80319c` of 32 hex digits. */
export function uuidOf(traceId: string): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether something of an agent is in a trace: a call, or an agent, pipeline or workflow. */
export function isOfAgent({ kind }: Component): boolean {
  return kind === "llm" || kind === "tool" || kind === "retrieval" || kind === "agent";
}

/**
 * Makes a run of the spans of one trace, whatever order they arrived in.
 *
 * @returns undefined when nothing of an agent is in the trace: deployments, status pages, handshakes, bare embeddings
 */
export function runOf(components: readonly Component[]): TracedRun | undefined {
  const nodes = treeOf(components);
  const [first] = nodes;
  if (first === undefined || !components.some(isOfAgent)) return undefined;
  const calls = callsOf(nodes);
  const frame = frameOf(nodes);
  const failed = failureOf(frame);
  const { traceId } = first.component;
  return {
    traceId,
    runId: uuidOf(traceId),
    agentId: agentIdOf(agentOf(nodes) ?? NAMELESS),
    version: firstHint(nodes, "version"),
    session: firstHint(nodes, "session"),
    user: firstHint(nodes, "user"),
    environment: firstHint(nodes, "environment"),
    kind: firstHint(nodes, "kind"),
    model: inTime(calls).flatMap((call) => (call.kind === "llm" ? (call.called.model ?? []) : []))[0],
    tools: toolsOf(nodes, calls),
    input: firstHint(nodes, "input"),
    attrs: attrsOf(nodes),
    start: nodes.reduce((start, { component }) => Math.min(start, component.start), first.component.start),
    end: nodes.reduce((end, { component }) => Math.max(end, component.end), first.component.end),
    calls,
    others: nodes.filter((node) => !isCall(node.component) && !frame.has(node)),
    exit: failed === undefined ? exitOf(nodes, calls) : exitOfFailure(failed),
    error: failed?.error,
  };
}

function isCall({ kind }: Component): boolean {
  return kind === "llm" || kind === "tool" || kind === "retrieval";
}

/** The spans that are the run itself: the tops of the trace, and the outermost agents below requests and handlers. */
function frameOf(nodes: readonly Node[]): ReadonlySet<Node> {
  const frame = new Set<Node>();
  /** Requests and handlers with nothing but such above them. */
  const around = new Set<Node>();
  for (const node of nodes) {
    const { kind } = node.component;
    if (kind === "setup" || kind === "deploy") continue;
    if (node.parent !== undefined && !around.has(node.parent)) continue;
    if (kind === "transport" || kind === "other" || kind === "unknown") around.add(node);
    if (node.parent === undefined || kind === "agent") frame.add(node);
  }
  return frame;
}

/** The outermost span of the run that failed, of those that say why: a server's span has the status 500 and no more. */
function failureOf(frame: ReadonlySet<Node>): Component | undefined {
  const failed = [...frame].flatMap(({ component }) => (component.failed ? [component] : []));
  return failed.find(({ error }) => error?.error_hash !== undefined) ?? failed[0];
}

function agentOf(nodes: readonly Node[]): string | undefined {
  let best: Component["hints"]["agent"];
  for (const { component } of nodes) {
    const { agent } = component.hints;
    if (agent !== undefined && (best === undefined || agent.rank < best.rank)) best = agent;
  }
  return best?.name;
}

/** What the outermost span says that says it. */
function firstHint<K extends keyof Component["hints"]>(nodes: readonly Node[], key: K): Component["hints"][K] {
  return nodes.find(({ component }) => component.hints[key] !== undefined)?.component.hints[key];
}

/** Declared tools, unless the model called some and no span tells of it: then it would look as if it had avoided them. */
function toolsOf(nodes: readonly Node[], calls: readonly Call[]): readonly string[] | undefined {
  const asked = calls.some(
    (call) =>
      call.kind === "llm" && (call.answer.finish_reason === "tool_calls" || (call.answer.tool_call_count ?? 0) > 0),
  );
  return asked && !calls.some(({ kind }) => kind === "tool") ? undefined : firstHint(nodes, "tools");
}

function attrsOf(nodes: readonly Node[]): Record<string, Scalar> | undefined {
  const attrs: Record<string, Scalar> = {};
  for (const { component } of nodes.toReversed()) Object.assign(attrs, component.hints.attrs);
  return Object.keys(attrs).length === 0 ? undefined : attrs;
}
